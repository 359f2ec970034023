import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Supervisor, type SupervisorLimits } from '../../../../src/cli/serve/supervisor.js';

const LIMITS = { restarts: 3, restartsWithinMs: 60_000, backOffMs: 20 };

describe('a supervisor', function () {
  this.timeout(20_000);
  let folder: string;
  before(async () => (folder = await mkdtemp(join(tmpdir(), 'supervisor-'))));
  after(() => rm(folder, { recursive: true }));

  /** Supervises a program that listens, says so, and then does this. */
  const supervise = async (
    then: string,
    limits: Partial<SupervisorLimits> = {},
    {
      signal = new AbortController().signal,
      now = (): number => 0,
      listens = true,
      onNote,
    }: {
      readonly signal?: AbortSignal;
      readonly now?: () => number;
      readonly listens?: boolean;
      readonly onNote?: (text: string) => void;
    } = {},
  ) => {
    const module = join(folder, 'program.cjs');
    const listening = listens ? "process.send({ kind: 'listening', port: 1234 });" : '';
    await writeFile(module, `${listening} setTimeout(() => { ${then} }, 20);`);
    let said = '';
    const writeNote = (text: string): void => {
      said += text;
      onNote?.(text);
    };
    const status = await new Supervisor(
      { module, args: [] },
      { writeNote },
      { ...LIMITS, ...limits },
      now,
    ).run(signal);
    return { status, said };
  };

  it('waits longer before each restart of a program that keeps dying, then passes on its exit status', async () => {
    const { status, said } = await supervise('process.exit(7)');
    assert.equal(status, 7);
    assert.deepEqual(said.trimEnd().split('\n'), [
      'The server ended with exit status 7. It is started again.',
      'The server ended with exit status 7. It is started again in 1 s.',
      'The server ended with exit status 7. It is started again in 1 s.',
      'The server ended with exit status 7, too often to be started again.',
    ]);
  });

  it('passes on the signal that ended a program as shells do', async () => {
    const { status, said } = await supervise("process.kill(process.pid, 'SIGSEGV')", { restarts: 0 });
    assert.equal(status, 139);
    assert.match(said, /was ended by SIGSEGV, too often/);
  });

  it('doesn’t start one again that never listened', async () => {
    assert.deepEqual(await supervise('process.exit(3)', {}, { listens: false }), { status: 3, said: '' });
  });

  it('forgets restarts that are long past', async () => {
    let time = 0;
    let left = 5;
    const stopping = new AbortController();
    const now = (): number => {
      if (--left === 0) stopping.abort();
      return (time += 60_000);
    };
    const { status, said } = await supervise('process.exit(1)', {}, { signal: stopping.signal, now });
    assert.equal(status, 0);
    assert.doesNotMatch(said, /too often| in /);
  });

  it('is stopped while it waits to start a program again', async () => {
    const stopping = new AbortController();
    const onNote = (text: string): void => {
      if (text.includes('again in 1000 s')) stopping.abort();
    };
    const { signal } = stopping;
    const { status } = await supervise('process.exit(1)', { backOffMs: 1_000_000 }, { signal, onNote });
    assert.equal(status, 0);
  });

  it('kills a program whose event loop doesn’t run, and says so', async () => {
    const { status, said } = await supervise('for (;;);', { maxSilentChecks: 2, restarts: 0 });
    assert.equal(status, 137);
    assert.match(said, /The server hangs: it does nothing any more/);
  });
});
