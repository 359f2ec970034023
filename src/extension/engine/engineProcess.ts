import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import {
  ErrorCodes,
  ResponseError,
  type NotificationType,
  type ProgressType,
  type RequestType,
  type RequestType0,
} from 'vscode-jsonrpc';
import type { LSPErrorCodes } from 'vscode-languageserver-protocol';
import { isEngineErrorData, type EngineErrorData } from '../../protocol/errors.js';
import { RemoteKeyNotification, SettingsNotification, type EngineSettings } from '../../protocol/settings.js';
import { Disposables } from '../disposables.js';
import { EngineFailure, type EngineClient, type EngineState } from './engineClient.js';
import { EngineLifecycle } from './engineLifecycle.js';
import type { EngineConnection, InitializationOptions } from './languageClient.js';
import { SECTION } from '../settings.js';

/** A literal, because the package that exports it is only loaded with the first request. */
const REQUEST_CANCELLED: typeof LSPErrorCodes.RequestCancelled = -32800;

/** The engine's process as features use it: a life cycle around language clients, and what every process must know. */
export class EngineProcess extends Disposables implements EngineClient {
  private readonly changed = this.own(new vscode.EventEmitter<EngineState>());
  readonly onDidChangeState = this.changed.event;
  private readonly started = this.own(new vscode.EventEmitter<void>());
  readonly onDidStart = this.started.event;
  private readonly lifecycle: EngineLifecycle<EngineConnection>;
  private wasRunning = false;
  /** Whether the next process is one that the user has asked for. */
  private isByHand = false;

  constructor(
    module: string,
    private readonly log: vscode.LogOutputChannel,
    private readonly settings: () => EngineSettings,
    /** The key of the server that has a model; `undefined`: no model is there. */
    private readonly remoteKey: () => Promise<string> | undefined,
  ) {
    super();
    this.lifecycle = new EngineLifecycle({
      connect: async (events) => {
        // The language client is most of the extension's code, so it is loaded with the first request.
        const { createConnection } = await import('./languageClient.js');
        const env = this.isByHand ? { YOUTU_RETRY_DEVICES: '1' } : {};
        this.isByHand = false;
        // The first request to a server must not go out without its key.
        const key = await remoteKey();
        const options = (): InitializationOptions => ({
          ...settings(),
          ...(key === undefined ? {} : { remoteKey: key }),
        });
        return createConnection(module, log, options, events, env);
      },
      onState: (state) => this.follow(state),
      log,
    });
    this.own(
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration(SECTION)) this.sendSettings();
      }),
    );
    // They may have changed while it was starting.
    // A folder may have settings of its own.
    this.own(vscode.workspace.onDidChangeWorkspaceFolders(() => this.sendSettings()));
    this.own(this.onDidStart(() => this.sendSettings()));
  }

  get state(): EngineState {
    return this.lifecycle.state;
  }

  request<P, R>(
    type: RequestType<P, R, EngineErrorData>,
    params: P,
    token: vscode.CancellationToken,
  ): Promise<R> {
    return this.send((client) => client.sendRequest<R>(type.method, params, token), token);
  }

  query<R>(type: RequestType0<R, EngineErrorData>, token: vscode.CancellationToken): Promise<R> {
    return this.send((client) => client.sendRequest<R>(type.method, token), token);
  }

  onProgress<T>(
    type: ProgressType<T>,
    progressToken: string,
    handler: (value: T) => void,
  ): vscode.Disposable {
    return this.listen(({ client }) => client.onProgress(type, progressToken, handler));
  }

  onNotification<P>(type: NotificationType<P>, handler: (params: P) => void): vscode.Disposable {
    return this.listen(({ client }) => client.onNotification(type.method, handler));
  }

  notify<P>(type: NotificationType<P>, params: P): void {
    // An engine that isn't running gets its settings at its start, and doesn't need the other notifications.
    const { connection } = this.lifecycle;
    if (connection !== undefined) void this.sendNotification(connection, type, params);
  }

  /** Stops the process if it is running, and starts a new one; also after too many crashes. */
  restart(): Promise<void> {
    this.isByHand = true;
    return this.lifecycle.restart();
  }

  /** Ends the process for good. Resolves when it is gone. */
  shutDown(): Promise<void> {
    return this.lifecycle.shutDown();
  }

  override dispose(): void {
    void this.shutDown();
    super.dispose();
  }

  private listen(attach: (connection: EngineConnection) => vscode.Disposable): vscode.Disposable {
    const registration = this.lifecycle.listen(attach);
    return new vscode.Disposable(() => registration.dispose());
  }

  /** Sends the settings to an engine that runs; a server's key first, so that no request goes there without it. */
  sendSettings(): void {
    const key = this.remoteKey();
    if (key === undefined) this.notify(SettingsNotification, this.settings());
    else
      void key.then((value) => {
        this.notify(RemoteKeyNotification, { key: value });
        this.notify(SettingsNotification, this.settings());
      });
  }

  private async sendNotification<P>(
    { client, documentsSent }: EngineConnection,
    type: NotificationType<P>,
    params: P,
  ): Promise<void> {
    try {
      // A notification about a document must arrive after its didOpen.
      await documentsSent();
      await client.sendNotification(type.method, params);
    } catch (error) {
      this.log.debug(`${type.method} was not sent: ${String(error)}`);
    }
  }

  private async send<R>(
    ask: (client: LanguageClient) => Promise<R>,
    token: vscode.CancellationToken,
  ): Promise<R> {
    try {
      return await this.lifecycle.request(async ({ client, documentsSent }) => {
        await documentsSent();
        if (token.isCancellationRequested) throw new vscode.CancellationError();
        return ask(client);
      });
    } catch (error) {
      throw translate(error, token);
    }
  }

  private follow(state: EngineState): void {
    const isStarted = state.kind === 'running' && !this.wasRunning;
    this.wasRunning = state.kind === 'running';
    this.changed.fire(state);
    if (isStarted) this.started.fire();
  }
}

function translate(error: unknown, token: vscode.CancellationToken): Error {
  if (token.isCancellationRequested || error instanceof vscode.CancellationError)
    return new vscode.CancellationError();
  if (error instanceof EngineFailure) return error;
  if (error instanceof ResponseError) {
    if (error.code === REQUEST_CANCELLED) return new vscode.CancellationError();
    if (isEngineErrorData(error.data)) return new EngineFailure(error.data);
    if (error.code === ErrorCodes.InternalError)
      return new EngineFailure({ kind: 'unexpected', detail: error.message });
  }
  // Anything else comes from the connection: it was closed or disposed, or never established.
  return new EngineFailure({ kind: 'engineStopped' });
}
