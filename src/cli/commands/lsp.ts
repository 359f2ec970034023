import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { Command } from 'commander';
import { serve } from '../../engine/lsp/server.js';
import { noteEndWith } from '../../engine/lsp/clientProcess.js';
import type { CommandContext } from '../commandContext.js';
import { numberArgument } from '../commandOptions.js';
import { InputError } from '../errors.js';
import { lspClientAdapter } from '../lsp/lspClientAdapter.js';

/** The transports and the option that LSP 3.17 tells editors to pass ("Implementation Considerations"). */
interface LspOptions {
  readonly stdio?: boolean;
  readonly nodeIpc?: boolean;
  readonly pipe?: string;
  /** `true`: the port is in `--port`. */
  readonly socket?: number | true;
  readonly port?: number;
  readonly clientProcessId?: number;
}

const HOW = '--stdio, --node-ipc, --pipe=NAME or --socket=PORT';
const CONNECT_MS = 10_000;

export function addLsp(program: Command, { signal, terminal }: CommandContext, version: string): void {
  const port = numberArgument({ from: 1, to: 65_535 });
  program
    .command('lsp')
    .description('run the engine as a language server, for any editor')
    .option('--stdio', 'communicate over standard input and output')
    .option('--node-ipc', 'communicate over the channel of a Node process that starts this one')
    .option('--pipe <NAME>', 'connect to a socket file, or a named pipe on Windows')
    .option('--socket [PORT]', 'connect to a port of this machine', port)
    .option('--port <PORT>', 'the port for --socket', port)
    .option(
      '--clientProcessId <N>',
      'process id of the editor: the server ends when that process does',
      numberArgument({ from: 0 }),
    )
    .action(async (options: LspOptions, command: Command) => {
      const problem = problemWith(options);
      if (problem !== undefined) command.error(`error: ${problem}`);
      const socket = await socketFor(options);
      const { clientProcessId } = options;
      if (clientProcessId !== undefined)
        noteEndWith(clientProcessId, (sentence) => terminal.writeNote(`${sentence}\n`));
      // Editors end a server that hangs by a signal; there is nothing to clean up.
      signal.addEventListener('abort', () => process.exit(1));
      serve(version, lspClientAdapter, socket);
      // The server ends the process on LSP's `exit`.
      return new Promise<void>(() => undefined);
    });
}

/** @returns a sentence when the options don't name exactly one transport */
function problemWith({ stdio, nodeIpc, pipe, socket, port }: LspOptions): string | undefined {
  const given = [stdio, nodeIpc, pipe, socket].filter((option) => option !== undefined).length;
  if (given === 0) return `pass how the editor communicates with the server: ${HOW}.`;
  if (given > 1) return `pass only one of ${HOW}.`;
  if (pipe?.trim() === '')
    return 'the name after --pipe is blank. Pass the socket file or pipe that the editor listens on.';
  if (socket === true && port === undefined) return 'pass the port too: --socket=PORT.';
  if (port !== undefined && socket === undefined) return '--port requires --socket.';
  if (nodeIpc === true && process.send === undefined)
    return '--node-ipc requires a Node process that starts this one with a channel. Pass --stdio instead.';
  return undefined;
}

/**
 * The client listens, the server connects.
 * @returns `undefined` for a transport that needs no connection
 * @throws InputError when no server listens there
 */
async function socketFor({ pipe, socket, port }: LspOptions): Promise<Socket | undefined> {
  const number = socket === true ? port : socket;
  if (pipe === undefined && number === undefined) return undefined;
  const where = pipe ?? `port ${number}`;
  const connection = pipe === undefined ? connect(number ?? 0, '127.0.0.1') : connect(pipe);
  try {
    await once(connection, 'connect', { signal: AbortSignal.timeout(CONNECT_MS) });
    // A broken connection also ends, which ends the server.
    connection.on('error', () => undefined);
    return connection;
  } catch (error) {
    connection.destroy();
    const { code = '', name } = error as NodeJS.ErrnoException;
    throw new InputError(
      `The editor can't be reached on ${where} (${name === 'AbortError' ? 'no answer' : code}). The editor must listen there before it starts the server.`,
    );
  }
}
