/** The model has no tokens for filling a gap. */
export class NoInfill extends Error {
  constructor(readonly model: string) {
    super(`${model} has no infill tokens`);
    this.name = 'NoInfill';
  }
}
