import { Disposable } from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';

type Attach = (client: LanguageClient) => Disposable;

/**
 * Who listens to the engine. A feature listens before its first request has started the engine, so the listeners are
 * kept here and handed to the client when there is one.
 */
export class ClientListeners {
  private readonly attached = new Map<Attach, Disposable | undefined>();
  private client: LanguageClient | undefined;

  /** @param attach registers the listener at a client */
  add(attach: Attach): Disposable {
    this.attached.set(attach, this.client && attach(this.client));
    return new Disposable(() => {
      this.attached.get(attach)?.dispose();
      this.attached.delete(attach);
    });
  }

  attach(client: LanguageClient): void {
    this.client = client;
    for (const attach of this.attached.keys()) this.attached.set(attach, attach(client));
  }

  /** The client is gone, and its registrations with it. */
  detach(): void {
    this.client = undefined;
    for (const attach of this.attached.keys()) this.attached.set(attach, undefined);
  }
}
