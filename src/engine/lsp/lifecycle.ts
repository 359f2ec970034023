import type { Readable } from 'node:stream';
import {
  ErrorCodes,
  ResponseError,
  type Connection,
  type Message,
  type MessageStrategy,
  type RequestMessage,
} from 'vscode-languageserver/node';
import { watchableProcessId } from './clientProcess.js';
import { endForCertain, WatchThread } from '../endOfProcess.js';

/** Larger documents stay out: each change of them would cost more than a suggestion is worth. The extension never sends one. */
const MAX_CHARACTERS = 2_000_000;

const HOW_TO_START =
  'The language server ends. With --stdio, an editor must start it and keep a pipe to its input open.';

/** Names under which refused requests reach their answer; no client's request can have a name with a blank. */
const NOT_INITIALIZED = 'youtu not initialized';
const INVALID = 'youtu invalid';

/**
 * Holds LSP's order of messages, which the connection leaves to its owner: nothing before `initialize`, which comes
 * once, and nothing after `shutdown` but `exit`.
 */
export class Lifecycle implements MessageStrategy {
  private state: 'new' | 'running' | 'shutDown' = 'new';

  handleMessage(message: Message, next: (message: Message) => void | Promise<void>): void | Promise<void> {
    if (isRequest(message)) return next(this.permitted(message));
    const { method } = message as { readonly method?: unknown };
    // An answer to one of this server's own requests.
    if (typeof method !== 'string') return next(message);
    if (method !== 'exit' && this.state !== 'running') return;
    if (method === 'textDocument/didOpen' && isHuge(message)) return;
    return next(message);
  }

  /**
   * Says why the process ends when its input can't be read, as one that is open for writing only, or ends before
   * `initialize`. The connection's library ends the process without a word at an input's end, and not at all without one.
   */
  watchInput(input: Readable): void {
    input.once('error', (error: NodeJS.ErrnoException) => {
      noteOnStderr(`Standard input can't be read (${error.code ?? error.message}). ${HOW_TO_START}`);
      process.exit(this.state === 'shutDown' ? 0 : 1);
    });
    // Before the library's listener, which ends the process.
    input.prependOnceListener('end', () => {
      if (this.state === 'new')
        noteOnStderr(`Standard input ended before a client's first message. ${HOW_TO_START}`);
    });
  }

  /** Answers what is refused. */
  listen(connection: Connection): void {
    const refuse = (name: string, code: number, sentence: string): void => {
      connection.onRequest(name, () => new ResponseError(code, sentence));
    };
    refuse(NOT_INITIALIZED, ErrorCodes.ServerNotInitialized, 'the server is not initialized yet');
    refuse(INVALID, ErrorCodes.InvalidRequest, 'the server is already initialized, or shut down');
  }

  private permitted(message: RequestMessage): RequestMessage {
    const isFirst = message.method === 'initialize';
    if (this.state === 'new' && !isFirst) return { ...message, method: NOT_INITIALIZED };
    if (this.state === 'shutDown' || (this.state === 'running' && isFirst))
      return { ...message, method: INVALID };
    if (isFirst) {
      this.state = 'running';
      // The connection can't do without what LSP demands, and some clients can't be bothered to say nothing.
      const params = { capabilities: {}, processId: null as unknown, ...message.params };
      const processId = watchableProcessId(params.processId, noteOnStderr);
      return { ...message, params: { ...params, processId } };
    }
    if (message.method === 'shutdown') this.state = 'shutDown';
    return message;
  }
}

/** Where editors look for a server's last words; stdout is the protocol's. */
function noteOnStderr(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
}

function isRequest(message: Message): message is RequestMessage {
  const { method, id } = message as Partial<RequestMessage>;
  return typeof method === 'string' && (typeof id === 'string' || typeof id === 'number');
}

function isHuge(message: Message): boolean {
  const { params } = message as { readonly params?: { readonly textDocument?: { readonly text?: unknown } } };
  const text = params?.textDocument?.text;
  return typeof text === 'string' && text.length > MAX_CHARACTERS;
}

/**
 * Ends this process when the one that started it is gone: its channel closes then, whether it ended by itself,
 * was closed with its window, or was killed. Without this, an engine with a model in memory would stay behind.
 * @param isStuck whether an evaluation doesn't come to an end
 */
export function endWithParent(isStuck: () => boolean): WatchThread {
  process.once('exit', endForCertain);
  process.once('disconnect', () => {
    // The exit status is no longer read, and files are written atomically.
    process.off('exit', endForCertain);
    process.emit('exit', 0);
    process.kill(process.pid, 'SIGKILL');
  });
  return new WatchThread(isStuck);
}
