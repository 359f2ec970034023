/**
 * When VS Code issued a request for ghost text. On a busy machine the request reaches the extension half a second
 * later, while VS Code's time limit runs from its own clock, which it sends along (`requestIssuedDateTime`, tried in
 * 1.139; not in the stable types). Another machine's clock may differ: there the fastest request counts as undelayed.
 */
export class RequestClock {
  private leastDelay = Infinity;

  /**
   * @param isRemote whether the editor may run on another machine than the extension
   * @param now milliseconds since 1970
   */
  constructor(
    private readonly isRemote: boolean,
    private readonly now: () => number = Date.now,
  ) {}

  /**
   * Milliseconds since 1970, by the extension's clock; the present when VS Code doesn't say it.
   * @param context what VS Code gives with a request
   */
  issuedAt(context: object): number {
    const received = this.now();
    if (!('requestIssuedDateTime' in context)) return received;
    const { requestIssuedDateTime: issued } = context;
    if (typeof issued !== 'number' || !Number.isFinite(issued)) return received;
    this.leastDelay = Math.min(this.leastDelay, received - issued);
    return Math.min(received, issued + (this.isRemote ? this.leastDelay : 0));
  }
}
