import assert from 'node:assert/strict';
import { fork, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  createProtocolConnection,
  IPCMessageReader,
  IPCMessageWriter,
  SocketMessageReader,
  SocketMessageWriter,
  StreamMessageReader,
  StreamMessageWriter,
  type InitializeResult,
  type MessageReader,
  type MessageWriter,
} from 'vscode-languageserver-protocol/node';
import { YOUTU } from './support/youtu.js';

const ENGINE = join(YOUTU, '../../engine/main.mjs');
/** No system gives out as high an id. */
const UNSEEN = 4_194_000;

/** The options and the process id that LSP 3.17 tells editors to pass to a server. */
describe('the start of the language server', function () {
  this.timeout(60_000);
  const running = new Set<ChildProcess>();
  let folder: string;

  before(async () => (folder = await mkdtemp(join(tmpdir(), 'youtu-lsp-'))));
  after(async () => {
    for (const child of running) child.kill('SIGKILL');
    await rm(folder, { recursive: true, force: true });
  });

  interface Started {
    readonly child: ChildProcess;
    readonly stderr: () => string;
    readonly ended: Promise<number | null>;
  }

  function started(child: ChildProcess): Started {
    running.add(child);
    let text = '';
    child.stderr?.setEncoding('utf8').on('data', (piece: string) => (text += piece));
    const ended = once(child, 'exit').then(([code]) => {
      running.delete(child);
      return code as number | null;
    });
    return { child, stderr: () => text, ended };
  }

  const start = (...args: string[]): Started => started(spawn(process.execPath, [YOUTU, 'lsp', ...args]));

  /** @returns the server's name */
  async function initialize(
    reader: MessageReader,
    writer: MessageWriter,
    processId: number | null = null,
  ): Promise<string | undefined> {
    const connection = createProtocolConnection(reader, writer);
    connection.listen();
    const params = { processId, rootUri: null, capabilities: {} };
    const result = await connection.sendRequest<InitializeResult>('initialize', params);
    return result.serverInfo?.name;
  }

  function overStdio({ child }: Started, processId?: number | null): Promise<string | undefined> {
    assert.ok(child.stdout && child.stdin);
    return initialize(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin), processId);
  }

  /** A listening editor, and the server's connection to it. */
  async function listening(where: string | undefined): Promise<{ server: Server; socket: Promise<Socket> }> {
    const server = createServer();
    const socket = once(server, 'connection').then(([each]) => each as Socket);
    server.listen(...((where === undefined ? [0, '127.0.0.1'] : [where]) as [number, string]));
    await once(server, 'listening');
    return { server, socket };
  }

  const portOf = (server: Server): number => {
    const address = server.address();
    return typeof address === 'object' && address !== null ? address.port : 0;
  };

  for (const args of [[`--clientProcessId=${process.pid}`], ['--clientProcessId', `${process.pid}`]])
    it(`takes ${args.length === 1 ? '--clientProcessId=N' : '--clientProcessId N'}, before and after --stdio`, async () => {
      for (const all of [
        ['--stdio', ...args],
        [...args, '--stdio'],
      ]) {
        const server = start(...all);
        assert.equal(await overStdio(server), 'youtu');
        server.child.stdin?.end();
        assert.equal(await server.ended, 1);
      }
    });

  it('communicates with a Node process that starts it', async () => {
    const child = fork(YOUTU, ['lsp', '--node-ipc', `--clientProcessId=${process.pid}`], {
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      execArgv: [],
    });
    const { ended } = started(child);
    assert.equal(await initialize(new IPCMessageReader(child), new IPCMessageWriter(child)), 'youtu');
    child.disconnect();
    await ended;
    // Its parent has gone, so no exit may wait for native work: it kills itself.
    if (process.platform !== 'win32') assert.equal(child.signalCode, 'SIGKILL');
  });

  it('connects to a port, in all spellings, and ends with the connection', async () => {
    for (const spelling of ['--socket=N', '--socket N', '--socket --port=N']) {
      const { server, socket } = await listening(undefined);
      const { ended } = start(...spelling.replace('N', `${portOf(server)}`).split(' '));
      const connection = await socket;
      const name = await initialize(new SocketMessageReader(connection), new SocketMessageWriter(connection));
      assert.equal(name, 'youtu');
      connection.destroy();
      assert.equal(await ended, 1);
      server.close();
    }
  });

  it('connects to a socket file or named pipe', async () => {
    const where =
      process.platform === 'win32' ? `\\\\.\\pipe\\youtu-${process.pid}` : join(folder, 'lsp.sock');
    for (const args of [[`--pipe=${where}`], ['--pipe', where]]) {
      const { server, socket } = await listening(where);
      const { ended } = start(...args);
      const connection = await socket;
      const name = await initialize(new SocketMessageReader(connection), new SocketMessageWriter(connection));
      assert.equal(name, 'youtu');
      connection.end();
      assert.equal(await ended, 1);
      await new Promise((resolve) => server.close(resolve));
    }
  });

  const refused: [args: string[], status: number, sentence: RegExp][] = [
    [[], 2, /pass how the editor communicates with the server: --stdio, --node-ipc, --pipe=NAME or --socket/],
    [['--stdio', '--node-ipc'], 2, /pass only one of --stdio/],
    [['--node-ipc'], 2, /--node-ipc requires a Node process.*--stdio instead/],
    [['--socket'], 2, /pass the port too/],
    [['--stdio', '--port=5000'], 2, /--port requires --socket/],
    [['--socket=99999'], 2, /from 1 to 65535/],
    [['--stdio', '--clientProcessId=x'], 2, /Must be a whole number/],
    [['--stdio', '--nonsense', `--clientProcessId=${process.pid}`], 2, /unknown option '--nonsense'/],
    [['--socket=1', `--clientProcessId=${process.pid}`], 1, /can't be reached on port 1 \(ECONNREFUSED\)/],
    [['--pipe=/nowhere/lsp.sock'], 1, /can't be reached on \/nowhere\/lsp\.sock \((?:ENOENT|EACCES)\)/],
  ];
  for (const [args, status, sentence] of refused)
    it(`refuses ${args.join(' ').replace(`${process.pid}`, 'N') || 'no option'} with a sentence, and ends`, async () => {
      const server = start(...args);
      assert.equal(await server.ended, status);
      assert.match(server.stderr(), sentence);
    });

  const deadInputs: [input: string, sentence: RegExp][] = [
    ['0> only.txt', /^Standard input can't be read \(EBADF\)\. The language server ends\. With --stdio/],
    ['0> >(cat)', /^Standard input can't be read \([A-Z]+\)\. The language server ends/],
    ['<&-', /^Standard input ended before a client's first message/],
    ['< .', /^Standard input ended before a client's first message/],
    ['< /dev/null', /^Standard input ended before a client's first message/],
  ];
  for (const [input, sentence] of deadInputs)
    it(`ends with a sentence when its input is dead: ${input}`, async function () {
      if (process.platform === 'win32') this.skip();
      for (const program of [`"${YOUTU}" lsp`, `"${ENGINE}"`]) {
        const script = `exec "${process.execPath}" ${program} --stdio ${input}`;
        const server = started(
          spawn('bash', ['-c', script], { cwd: folder, stdio: ['pipe', 'pipe', 'pipe'] }),
        );
        assert.equal(await server.ended, 1, program);
        assert.match(server.stderr(), sentence);
      }
    });

  it('goes on with a process id that can’t be seen, and says when it ends', async () => {
    const server = start('--stdio');
    assert.equal(await overStdio(server, UNSEEN), 'youtu');
    // The connection's library looks every three seconds.
    const isOver = await Promise.race([server.ended.then(() => true), sleep(4000, false)]);
    assert.equal(isOver, false, server.stderr());
    assert.match(
      server.stderr(),
      /process 4194000 can't be seen from here.*ends when its input is closed\.\n$/,
    );
    server.child.stdin?.end();
    assert.equal(await server.ended, 1);
  });

  it('says why it ends when the process of --clientProcessId can’t be seen, or of initialize ends', async () => {
    const server = start('--stdio', `--clientProcessId=${UNSEEN}`);
    assert.equal(await server.ended, 1);
    assert.match(server.stderr(), /process 4194000 has ended, or can't be seen from here.*\n$/);
    const editor = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60000)']);
    const later = start('--stdio');
    assert.equal(await overStdio(later, editor.pid), 'youtu');
    editor.kill('SIGKILL');
    assert.equal(await later.ended, 1);
    assert.match(later.stderr(), new RegExp(`process ${editor.pid} has ended`));
  });
});
