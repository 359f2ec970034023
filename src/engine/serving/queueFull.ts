/** Too many wishes wait already. */
export class QueueFull extends Error {
  constructor(readonly waiting: number) {
    super(`${waiting} requests are waiting already`);
    this.name = 'QueueFull';
  }
}
