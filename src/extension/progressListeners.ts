import { Disposable } from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import type { ProgressType } from 'vscode-languageserver-protocol';

/**
 * Who waits for progress. A feature listens before its request has started the engine, so the listeners are kept
 * here and handed to the client when there is one.
 */
export class ProgressListeners {
  private readonly attachers = new Map<string, (client: LanguageClient) => Disposable>();
  private readonly attached = new Map<string, Disposable>();
  private client: LanguageClient | undefined;

  add<T>(type: ProgressType<T>, token: string, handler: (value: T) => void): Disposable {
    const attach = (client: LanguageClient): Disposable => client.onProgress(type, token, handler);
    this.attachers.set(token, attach);
    if (this.client !== undefined) this.attached.set(token, attach(this.client));
    return new Disposable(() => {
      this.attachers.delete(token);
      this.attached.get(token)?.dispose();
      this.attached.delete(token);
    });
  }

  attach(client: LanguageClient): void {
    this.client = client;
    for (const [token, attach] of this.attachers) this.attached.set(token, attach(client));
  }

  /** The client is gone, and its registrations with it. */
  detach(): void {
    this.client = undefined;
    this.attached.clear();
  }
}
