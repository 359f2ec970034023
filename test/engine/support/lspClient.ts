import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  createProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
  type ApplyWorkspaceEditParams,
  type ApplyWorkspaceEditResult,
  type ClientCapabilities,
  type InitializeResult,
  type ProtocolConnection,
  type ShowDocumentParams,
  type ShowMessageParams,
} from 'vscode-languageserver-protocol/node';

const CLI = join(process.env['YOUTU_ROOT'] ?? process.cwd(), 'dist/cli/main.mjs');

/** Capabilities of a modern editor. */
export const EDITOR: ClientCapabilities = {
  general: { positionEncodings: ['utf-8', 'utf-16'] },
  textDocument: {
    codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: ['', 'quickfix', 'refactor'] } } },
    inlineCompletion: {},
  },
  workspace: { applyEdit: true, workspaceEdit: { documentChanges: true } },
  window: { workDoneProgress: true, showDocument: { support: true } },
};

export interface ProgressEvent {
  readonly token: string | number;
  readonly value: { readonly kind: string; readonly title?: string; readonly message?: string };
}

/** A scripted editor at the other end of `youtu lsp --stdio`. */
export class LspClient {
  private static readonly running = new Set<LspClient>();
  readonly messages: ShowMessageParams[] = [];
  readonly edits: ApplyWorkspaceEditParams[] = [];
  readonly documents: ShowDocumentParams[] = [];
  readonly progress: ProgressEvent[] = [];
  /** Notifications that aren't part of LSP. */
  readonly unhandled: string[] = [];
  /** All bytes received on stdout. */
  readonly output: Buffer[] = [];
  readonly connection: ProtocolConnection;
  initialized: InitializeResult | undefined;
  /** The editor's response to an edit. */
  onEdit: (params: ApplyWorkspaceEditParams) => ApplyWorkspaceEditResult = () => ({ applied: true });
  onProgress: (event: ProgressEvent) => void = () => undefined;

  private constructor(readonly child: ChildProcessWithoutNullStreams) {
    LspClient.running.add(this);
    child.once('exit', () => LspClient.running.delete(this));
    child.stdout.on('data', (chunk: Buffer) => this.output.push(chunk));
    this.connection = createProtocolConnection(
      new StreamMessageReader(child.stdout),
      new StreamMessageWriter(child.stdin),
    );
    this.listen(this.connection);
  }

  /** Starts the server without initializing it. */
  static spawn(env: NodeJS.ProcessEnv = {}): LspClient {
    const child = spawn(process.execPath, [CLI, 'lsp', '--stdio'], { env: { ...process.env, ...env } });
    child.stderr.pipe(process.stderr);
    return new LspClient(child);
  }

  /** Kills servers that a failed test has left, since mocha would wait for them. */
  static killAll(): void {
    for (const { child } of LspClient.running) child.kill('SIGKILL');
  }

  /** Starts it and initializes. */
  static async start(
    initializationOptions: unknown,
    capabilities: ClientCapabilities = EDITOR,
    env: NodeJS.ProcessEnv = {},
  ): Promise<LspClient> {
    const client = LspClient.spawn(env);
    await client.initialize({ processId: process.pid, rootUri: null, capabilities, initializationOptions });
    return client;
  }

  async initialize(params: object): Promise<void> {
    this.initialized = await this.connection.sendRequest<InitializeResult>('initialize', params);
    await this.connection.sendNotification('initialized', {});
  }

  async open(uri: string, languageId: string, text: string, version = 1): Promise<void> {
    const textDocument = { uri, languageId, version, text };
    await this.connection.sendNotification('textDocument/didOpen', { textDocument });
  }

  async change(uri: string, version: number, contentChanges: readonly object[]): Promise<void> {
    await this.connection.sendNotification('textDocument/didChange', {
      textDocument: { uri, version },
      contentChanges,
    });
  }

  /** Waits until `isTrue`; progress ends shortly after its request. */
  async until(isTrue: () => boolean, milliseconds = 20_000): Promise<void> {
    const end = performance.now() + milliseconds;
    while (!isTrue()) {
      if (performance.now() > end) throw new Error(`timed out waiting for ${isTrue.toString()}`);
      await sleep(20);
    }
  }

  /** Shuts the server down; resolves with the exit code. */
  async stop(): Promise<number | null> {
    const ended = once(this.child, 'exit');
    await this.connection.sendRequest('shutdown');
    await this.connection.sendNotification('exit');
    const [code] = (await ended) as [number | null];
    this.connection.dispose();
    return code;
  }

  private listen(connection: ProtocolConnection): void {
    connection.onNotification('window/showMessage', (params: ShowMessageParams) => {
      this.messages.push(params);
    });
    connection.onRequest('workspace/applyEdit', (params: ApplyWorkspaceEditParams) => {
      this.edits.push(params);
      return this.onEdit(params);
    });
    connection.onRequest('window/showDocument', (params: ShowDocumentParams) => {
      this.documents.push(params);
      return { success: true };
    });
    connection.onRequest('window/workDoneProgress/create', () => null);
    connection.onNotification('$/progress', (event: ProgressEvent) => {
      this.progress.push(event);
      this.onProgress(event);
    });
    connection.onUnhandledNotification(({ method }) => this.unhandled.push(method));
    connection.listen();
  }
}
