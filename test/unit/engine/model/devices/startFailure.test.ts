import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { engineUnusableSentence } from '../../../../../src/cli/deviceText.js';
import {
  glibcVersion,
  unusableEngine,
  type StartMachine,
} from '../../../../../src/engine/model/devices/startFailure.js';
import type { EngineErrorData } from '../../../../../src/protocol/errors.js';

const NOT_FOUND = new Error('NoBinaryFound');

/** What loaders say, in the systems' own words. */
const SAID: readonly (readonly [string, string])[] = [
  [
    'glibc',
    "/lib/x86_64-linux-gnu/libc.so.6: version `GLIBC_2.34' not found (required by /x/llama-addon.node)",
  ],
  ['glibc', "/usr/lib64/libstdc++.so.6: version `GLIBCXX_3.4.30' not found (required by /x/libllama.so)"],
  ['noexec', '/mnt/x/llama-addon.node: failed to map segment from shared object'],
  ['noexec', '/mnt/x/llama-addon.node: failed to map segment from shared object: Operation not permitted'],
  ['architecture', '/x/llama-addon.node: wrong ELF class: ELFCLASS32'],
  ['architecture', '/x/llama-addon.node: cannot open shared object file: Exec format error'],
  [
    'architecture',
    "dlopen(/x.node, 0x0001): tried: '/x.node' (mach-o file, but is an incompatible architecture (have 'arm64', need 'x86_64'))",
  ],
  ['architecture', '\\\\?\\C:\\x\\llama-addon.node is not a valid Win32 application.'],
  [
    'blocked',
    "dlopen(/x.node): code signature in '/x.node' not valid for use in process: mapping process and mapped file (non-platform) have different Team IDs",
  ],
  ['blocked', 'dlopen(/x.node): library load disallowed by system policy'],
  ['blocked', 'An Application Control policy has blocked this file.'],
  ['blocked', '/x/llama-addon.node: cannot open shared object file: Permission denied'],
  ['runtime', 'The specified module could not be found.'],
  ['library', 'libgomp.so.1: cannot open shared object file: No such file or directory'],
  ['openFiles', '/x/llama-addon.node: cannot open shared object file: Too many open files'],
  ['openFiles', "EMFILE: too many open files, open '/x/SeedChatWrapper.js'"],
  ['other', 'something new'],
];

describe("a llama.cpp that can't be loaded", () => {
  let machine: StartMachine;
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'youtu-start-'));
    machine = { platform: 'linux', arch: 'x64', glibc: '2.36', places: [folder], load: () => undefined };
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  function failure(given: Partial<StartMachine> = {}): EngineErrorData & { kind: 'engineUnusable' } {
    const { data } = unusableEngine(NOT_FOUND, { ...machine, ...given });
    assert.ok(data.kind === 'engineUnusable');
    return data;
  }

  async function install(): Promise<void> {
    const bins = join(folder, 'node_modules/@node-llama-cpp/linux-x64/bins/linux-x64');
    await mkdir(bins, { recursive: true });
    await writeFile(join(bins, 'llama-addon.node'), '');
  }

  for (const [reason, said] of SAID)
    it(`is told as ${reason}: ${said.slice(0, 90)}`, async () => {
      await install();
      const load = (): never => {
        throw new Error(said);
      };
      const data = failure({ load });
      assert.deepEqual([data.reason, data.detail], [reason, said]);
      const sentence = engineUnusableSentence(data);
      assert.ok(sentence.startsWith("llama.cpp can't be loaded: "));
      assert.match(sentence, /[Ii]nstall|Use|Ask|Raise/);
    });

  it('is told as missing where its files are not there', () => {
    assert.equal(failure().reason, 'missing');
  });

  it('is told as musl where the C library is not glibc, whatever it says', async () => {
    assert.equal(failure({ glibc: undefined }).reason, 'musl');
    await install();
    const load = (): never => {
      throw new Error('Error loading shared library ld-linux-x86-64.so.2: No such file or directory');
    };
    assert.equal(failure({ glibc: undefined, load }).reason, 'musl');
  });

  it("reads the C library's version where Node tells it", () => {
    assert.equal(glibcVersion({ header: { glibcVersionRuntime: '2.31' } }), '2.31');
    assert.equal(glibcVersion({ header: {} }), undefined);
    const real = glibcVersion(process.report.getReport());
    assert.equal(typeof real, process.platform === 'linux' ? 'string' : 'undefined');
  });
});
