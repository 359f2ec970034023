import { remoteFailure } from './remoteFailure.js';

/** Where a server is: its URL with or without `/v1`, perhaps behind a prefix of a gateway. */
export class ServerAddress {
  private readonly root: string;
  /** Host and port, for messages. */
  readonly host: string;

  /** @throws EngineError `remoteFailed` (`badUrl`) */
  constructor(url: string) {
    const parsed = URL.canParse(url.trim()) ? new URL(url.trim()) : undefined;
    const isUsable =
      parsed !== undefined &&
      (parsed.protocol === 'http:' || parsed.protocol === 'https:') &&
      // A key belongs into the key's place: a URL is shown and logged.
      parsed.username === '' &&
      parsed.password === '' &&
      parsed.search === '' &&
      parsed.hash === '';
    if (!isUsable) throw remoteFailure(parsed?.host ?? '', 'badUrl');
    this.host = parsed.host;
    this.root = `${parsed.origin}${parsed.pathname.replace(/\/+$/, '').replace(/\/v1$/, '')}`;
  }

  /** @param path from the server's root, such as `/v1/models` */
  at(path: string): URL {
    return new URL(this.root + path);
  }

  toString(): string {
    return this.root;
  }
}
