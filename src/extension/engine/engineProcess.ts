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
import { SettingsNotification } from '../../protocol/settings.js';
import { Disposables } from '../disposables.js';
import { EngineFailure, type EngineClient, type EngineState } from './engineClient.js';
import type { EngineConnection, EngineEvents } from './languageClient.js';
import { RestartBudget } from './restartBudget.js';
import { engineSettings, SECTION } from '../settings.js';

/** A literal, because the package that exports it is only loaded with the first request. */
const REQUEST_CANCELLED: typeof LSPErrorCodes.RequestCancelled = -32800;

/** Starts the engine process at the first request, restarts it after crashes, and sends it messages. */
export class EngineProcess extends Disposables implements EngineClient {
  private readonly changed = this.own(new vscode.EventEmitter<EngineState>());
  readonly onDidChangeState = this.changed.event;
  private readonly started = this.own(new vscode.EventEmitter<void>());
  readonly onDidStart = this.started.event;
  private readonly restarts = new RestartBudget();
  private readonly listeners = new ClientListeners();
  private starting: Promise<EngineConnection> | undefined;
  private current: EngineState = { kind: 'stopped' };

  constructor(
    private readonly module: string,
    private readonly log: vscode.LogOutputChannel,
  ) {
    super();
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
    return this.current;
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
    return this.listeners.add((client) => client.onProgress(type, progressToken, handler));
  }

  onNotification<P>(type: NotificationType<P>, handler: (params: P) => void): vscode.Disposable {
    return this.listeners.add((client) => client.onNotification(type.method, handler));
  }

  notify<P>(type: NotificationType<P>, params: P): void {
    // An engine that isn't running gets its settings at its start, and doesn't need the other notifications.
    if (this.current.kind === 'running') void this.sendNotification(type, params);
  }

  /** Stops the process if it is running, and starts a new one; also after too many crashes. */
  async restart(): Promise<void> {
    this.restarts.reset();
    await this.stop();
    await this.running();
  }

  async stop(): Promise<void> {
    const { starting } = this;
    this.starting = undefined;
    try {
      // An engine in the middle of an evaluation responds late; it is killed after two seconds.
      await (await starting)?.client.dispose(2000);
    } catch (error) {
      this.log.warn(`the engine did not shut down properly: ${String(error)}`);
    }
    this.listeners.detach();
    this.set({ kind: 'stopped' });
  }

  private sendSettings(): void {
    this.notify(SettingsNotification, engineSettings());
  }

  private async sendNotification<P>(type: NotificationType<P>, params: P): Promise<void> {
    try {
      const connection = await this.starting;
      // A notification about a document must arrive after its didOpen.
      await connection?.documentsSent();
      await connection?.client.sendNotification(type.method, params);
    } catch (error) {
      this.log.debug(`${type.method} was not sent: ${String(error)}`);
    }
  }

  private async send<R>(
    ask: (client: LanguageClient) => Promise<R>,
    token: vscode.CancellationToken,
  ): Promise<R> {
    try {
      const client = await this.running();
      if (token.isCancellationRequested) throw new vscode.CancellationError();
      return await ask(client);
    } catch (error) {
      throw translate(error, token);
    }
  }

  private async running(): Promise<LanguageClient> {
    if (this.current.kind === 'crashed') throw new EngineFailure({ kind: 'engineStopped' });
    this.starting ??= this.create();
    const { client, documentsSent } = await this.starting;
    await client.start();
    await documentsSent();
    return client;
  }

  /** The language client is most of the extension's code, so it is loaded with the first request. */
  private async create(): Promise<EngineConnection> {
    const { createLanguageClient } = await import('./languageClient.js');
    const connection = createLanguageClient(this.module, this.log, this.events());
    this.listeners.attach(connection.client);
    return connection;
  }

  private events(): EngineEvents {
    return {
      onStatus: (status) => this.set({ kind: 'running', status }),
      onState: (state) => {
        if (state === 'running') this.set({ kind: 'running', status: { kind: 'idle' } });
        else if (state === 'starting' && this.current.kind !== 'restarting') this.set({ kind: 'starting' });
        else if (state === 'stopped' && this.current.kind === 'starting') this.set({ kind: 'crashed' });
      },
      onDied: () => {
        const attempt = this.restarts.take();
        const { attempts } = this.restarts;
        if (attempt === undefined) {
          this.set({ kind: 'crashed' });
          return { restart: false, message: 'The engine crashed too often and stays stopped.' };
        }
        this.set({ kind: 'restarting', attempt, attempts });
        return { restart: true, message: `The engine crashed; restart ${attempt} of ${attempts}.` };
      },
    };
  }

  private set(state: EngineState): void {
    const isStarted = state.kind === 'running' && this.current.kind !== 'running';
    this.current = state;
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

type Attach = (client: LanguageClient) => vscode.Disposable;

/**
 * Listeners of the engine's messages. Features register them before the first request starts the engine, so they are
 * kept here and attached to the client as soon as it exists.
 */
class ClientListeners {
  private readonly attached = new Map<Attach, vscode.Disposable | undefined>();
  private client: LanguageClient | undefined;

  /** @param attach registers the listener at a client */
  add(attach: Attach): vscode.Disposable {
    this.attached.set(attach, this.client && attach(this.client));
    return new vscode.Disposable(() => {
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
