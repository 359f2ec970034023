import { fork, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import {
  createProtocolConnection,
  IPCMessageReader,
  IPCMessageWriter,
  StreamMessageReader,
  StreamMessageWriter,
  type Position,
  type ProtocolConnection,
} from 'vscode-languageserver-protocol/node';
import { allocatorEnvironment } from '../../../src/protocol/allocator.js';
import {
  CompletionStatsNotification,
  InlineCompletionRequest,
  type CompletionStats,
} from '../../../src/protocol/completion.js';
import type { EngineSettings } from '../../../src/protocol/settings.js';
import { StatusNotification, type EngineStatus } from '../../../src/protocol/status.js';

/** The built engine, as its clients start it. */
export const ENGINE_MODULE = join(process.env['YOUTU_ROOT'] ?? process.cwd(), 'dist/engine/main.mjs');

export interface EngineProcessOptions {
  readonly transport?: 'ipc' | 'stdio';
  readonly env?: NodeJS.ProcessEnv;
  /** The engine's module, the Node to run it, and its working folder. */
  readonly module?: string;
  readonly node?: string;
  readonly cwd?: string;
}

/** A running engine with an LSP client at its other end. */
export class EngineProcess {
  readonly statuses: EngineStatus[] = [];
  readonly stats: CompletionStats[] = [];
  private opened = 0;

  private constructor(
    readonly child: ChildProcess,
    readonly connection: ProtocolConnection,
  ) {
    connection.onNotification(
      StatusNotification.method,
      (status: EngineStatus) => void this.statuses.push(status),
    );
    connection.onNotification(
      CompletionStatsNotification.method,
      (stats: CompletionStats) => void this.stats.push(stats),
    );
  }

  static async start(
    settings: Partial<EngineSettings>,
    {
      transport = 'ipc',
      env = {},
      module = ENGINE_MODULE,
      node = process.execPath,
      cwd = process.cwd(),
    }: EngineProcessOptions = {},
  ): Promise<EngineProcess> {
    const options = { cwd, env: { ...process.env, ...allocatorEnvironment(process.env), ...env } };
    const child =
      transport === 'ipc'
        ? fork(module, ['--node-ipc'], {
            ...options,
            execPath: node,
            stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
            execArgv: [],
          })
        : spawn(node, [module, '--stdio'], {
            ...options,
            stdio: ['pipe', 'pipe', 'inherit'],
          });
    const engine = new EngineProcess(child, connect(child));
    engine.connection.listen();
    await engine.connection.sendRequest('initialize', {
      processId: process.pid,
      rootUri: null,
      capabilities: {},
      initializationOptions: settings,
    });
    await engine.connection.sendNotification('initialized', {});
    return engine;
  }

  /** Opens a document from a text in which `▮` is the cursor. */
  async open(
    marked: string,
    languageId: string,
    uri = `file:///case/${++this.opened}`,
  ): Promise<{ uri: string; position: Position }> {
    const offset = marked.indexOf('▮');
    const before = marked.slice(0, offset).split(/\r\n|\n|\r/);
    const text = marked.slice(0, offset) + marked.slice(offset + 1);
    await this.connection.sendNotification('textDocument/didOpen', {
      textDocument: { uri, languageId, version: 1, text },
    });
    return { uri, position: { line: before.length - 1, character: before.at(-1)?.length ?? 0 } };
  }

  /** The ghost text at `▮`, or `undefined`. */
  async complete(marked: string, languageId: string, uri?: string): Promise<string | undefined> {
    const { uri: opened, position } = await this.open(marked, languageId, uri);
    const items = await this.connection.sendRequest(InlineCompletionRequest.method, {
      textDocument: { uri: opened },
      position,
      context: { triggerKind: 2 },
    });
    return (items as { insertText: string }[] | null)?.[0]?.insertText;
  }

  /** Shuts the engine down; resolves with the exit code. */
  async stop(): Promise<number | null> {
    const ended = once(this.child, 'exit');
    await this.connection.sendRequest('shutdown');
    await this.connection.sendNotification('exit');
    const [code] = (await ended) as [number | null];
    this.connection.dispose();
    return code;
  }
}

function connect(child: ChildProcess): ProtocolConnection {
  if (child.stdout !== null && child.stdin !== null && child.channel === undefined) {
    return createProtocolConnection(
      new StreamMessageReader(child.stdout),
      new StreamMessageWriter(child.stdin),
    );
  }
  return createProtocolConnection(new IPCMessageReader(child), new IPCMessageWriter(child));
}
