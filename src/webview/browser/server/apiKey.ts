import type { WebStorage } from '../webStorage.js';

const KEY = 'youtu.apiKey';

/** The key that a server may ask for; given away with the tab. */
export class ApiKey {
  constructor(private readonly storage: WebStorage) {}

  get value(): string {
    return this.storage.get(KEY) ?? '';
  }

  set value(key: string) {
    this.storage.set(KEY, key === '' ? undefined : key);
  }

  get headers(): Readonly<Record<string, string>> {
    return this.value === '' ? {} : { authorization: `Bearer ${this.value}` };
  }
}
