import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import grammars from '../../src/engine/syntax/grammars.json' with { type: 'json' };
import { ReportRequest, type DeviceInfo } from '../../src/protocol/status.js';
import { EngineProcess } from '../engine/support/engineProcess.js';
import { makeTinyModel } from '../fixtures/gguf/make.js';
import { makeVsix, ROOT } from './support/packedExtension.js';

type TreeSitter = typeof import('@vscode/tree-sitter-wasm');

/** The test model's answer right after the middle token: at a gap without lines above it. */
const ANSWER = 'print(total)';
const GAP = '▮\nrate = 1\n';
/** `npm test` installs Debian's. */
const HAS_SOFTWARE_VULKAN = process.platform === 'linux' && process.arch === 'x64';

describe('the extension, installed in VS Code', function () {
  this.timeout(180_000);
  let temporary: string;
  let folder: string;
  let model: string;
  let engine: EngineProcess | undefined;

  before(async () => {
    const vsix = await makeVsix();
    temporary = await mkdtemp(join(tmpdir(), 'youtu-installed-'));
    const places = ['user-data', 'extensions'].map((name) => [`--${name}-dir`, join(temporary, name)]).flat();
    const standIn = join(ROOT, 'scripts/vscode/codeStandIn.mjs');
    await promisify(execFile)(process.execPath, [standIn, ...places, `--install-extension=${vsix}`]);
    const [name] = (await readdir(join(temporary, 'extensions'))).filter((entry) =>
      entry.startsWith('youtu-code.'),
    );
    assert.ok(name, 'VS Code installed nothing');
    folder = join(temporary, 'extensions', name);
    // A missing file would be found there, and the test would pass.
    for (let above = folder; above !== dirname(above); above = dirname(above))
      assert.equal(existsSync(join(above, 'node_modules')), false, above);
    model = await makeTinyModel({
      architecture: 'qwen2',
      infill: true,
      replies: [{ after: '<|fim_middle|>', text: ANSWER }],
    });
  });

  afterEach(async () => {
    await engine?.stop();
    engine = undefined;
  });

  after(() => rm(temporary, { recursive: true, force: true }));

  /** Starts it as VS Code does, with its own Node, or as another editor does. */
  async function startEngine(gpu: 'off' | 'vulkan', transport: 'ipc' | 'stdio'): Promise<EngineProcess> {
    engine = await EngineProcess.start(
      { completionModel: model, gpu },
      {
        transport,
        module: join(folder, 'dist/engine/main.mjs'),
        node: transport === 'ipc' ? await nodeOfVsCode() : process.execPath,
        cwd: temporary,
        // llama.cpp skips a software Vulkan device unless it is named.
        env: { GGML_VK_VISIBLE_DEVICES: '0' },
      },
    );
    return engine;
  }

  async function deviceInUse({ connection }: EngineProcess): Promise<DeviceInfo | undefined> {
    const { status } = await connection.sendRequest(ReportRequest);
    // The answer can arrive before the engine is idle.
    return status.kind === 'ready' || status.kind === 'working' ? status.models[0]?.device : undefined;
  }

  it('brings the command line, which completes with a model on disk', async () => {
    const main = join(folder, 'dist/cli/main.mjs');
    const file = join(temporary, 'gap.py');
    await writeFile(file, GAP.replace('▮', ''));
    const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1' };
    const run = promisify(execFile);
    assert.match((await run(process.execPath, [main, '--version'], { env })).stdout, /^\d+\.\d+\.\d+/);
    const args = [main, 'complete', `${file}:1:1`, '--model', model];
    assert.equal((await run(process.execPath, args, { env })).stdout.trimEnd(), ANSWER);
  });

  for (const transport of ['ipc', 'stdio'] as const)
    it(`completes on the CPU, over ${transport}`, async () => {
      const started = await startEngine('off', transport);
      assert.equal(await started.complete(GAP, 'python'), ANSWER);
      const device = await deviceInUse(started);
      assert.equal(device?.kind, 'cpu');
      assert.match(device.build, /prebuilt/);
    });

  it('loads the grammar of every supported language', async () => {
    const installed = createRequire(join(folder, 'dist/engine/main.mjs'));
    const { Language, Parser } = installed('@vscode/tree-sitter-wasm') as TreeSitter;
    await Parser.init();
    for (const name of new Set(Object.values(grammars))) {
      const file = installed.resolve(`@vscode/tree-sitter-wasm/wasm/tree-sitter-${name}.wasm`);
      assert.ok(file.startsWith(folder), file);
      assert.ok((await Language.load(file)).nodeTypeCount > 0, name);
    }
  });

  if (HAS_SOFTWARE_VULKAN)
    it('completes on a Vulkan device', async () => {
      const started = await startEngine('vulkan', 'ipc');
      assert.equal(await started.complete(GAP, 'python'), ANSWER);
      const device = await deviceInUse(started);
      assert.equal(device?.kind, 'vulkan');
      assert.equal(device.offloadedLayers, device.totalLayers);
    });
});

async function nodeOfVsCode(): Promise<string> {
  const tool = pathToFileURL(join(ROOT, 'scripts/tools/npmTools.mjs')).href;
  const { ensureNode24 } = (await import(tool)) as { ensureNode24: () => Promise<string> };
  return ensureNode24();
}
