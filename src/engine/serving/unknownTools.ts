/** The model's template knows no tools, or not in this order of messages. */
export class UnknownTools extends Error {
  constructor() {
    super('the model’s chat template has no place for these tools or messages');
    this.name = 'UnknownTools';
  }
}
