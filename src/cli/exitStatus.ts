/** Ends a command with a status of its own, when all has been said already. */
export class ExitStatus extends Error {
  override readonly name = 'ExitStatus';

  constructor(readonly status: number) {
    super(`exit status ${status}`);
  }
}
