/** Small texts that the browser keeps for this tab (`session`) or for all of them (`local`). */
export class WebStorage {
  /** Used where the browser forbids storage. */
  private readonly memory = new Map<string, string>();

  constructor(private readonly kind: 'local' | 'session') {}

  get(key: string): string | undefined {
    try {
      return this.storage.getItem(key) ?? undefined;
    } catch {
      return this.memory.get(key);
    }
  }

  /** `undefined` removes the text. */
  set(key: string, text: string | undefined): void {
    try {
      if (text === undefined) this.storage.removeItem(key);
      else this.storage.setItem(key, text);
    } catch {
      if (text === undefined) this.memory.delete(key);
      else this.memory.set(key, text);
    }
  }

  /** Where storage is forbidden, reading these properties throws. */
  private get storage(): Storage {
    return this.kind === 'local' ? localStorage : sessionStorage;
  }
}
