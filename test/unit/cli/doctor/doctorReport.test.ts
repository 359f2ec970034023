import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createContext } from '../../../../src/cli/commandContext.js';
import { doctorText, type DoctorReport } from '../../../../src/cli/doctor/doctorReport.js';
import { modelChecks } from '../../../../src/cli/doctor/checks.js';
import { machineFacts } from '../../../../src/engine/status/report.js';
import { validModel } from '../../../fixtures/gguf/damagedModels.js';
import { encodeGguf } from '../../../../src/engine/model/gguf/ggufWriter.js';
import { sampleBytes, sampleModel } from '../../engine/catalogue/support/sampleModel.js';
import { temporaryFolder } from '../../engine/catalogue/support/temporaryFolder.js';
import { FakeTerminal } from '../support/fakeTerminal.js';

const REPORT: DoctorReport = {
  version: '1.2.3',
  nodeVersion: 'v20.0.0',
  machine: {
    platform: 'linux-x64',
    release: '6.1',
    cpu: 'Some CPU',
    cores: 4,
    cpuFeatures: ['avx2', 'fma'],
    memoryBytes: 16e9,
    availableMemoryBytes: 9e9,
    load: 0.5,
  },
  modelsFolder: '/models',
  files: [
    { id: 'good', path: '/models/good.gguf', sizeBytes: 5e8 },
    {
      id: 'bad',
      path: '/models/bad.gguf',
      sizeBytes: 5e8,
      problem: { kind: 'damaged', path: '/models/bad.gguf', detail: 'SHA-256 differs' },
    },
  ],
  llama: { nodeLlamaCpp: '3.0.0', llamaCpp: 'b1', gpu: 'vulkan', gpuNames: ['Some GPU'], problems: [] },
  threads: { prefill: 3, decode: 1, isMeasured: false },
  speed: { prefill: 120.4, decode: 20.25 },
  problems: [],
};

describe('the doctor report', () => {
  it('lists models, devices and speeds', () => {
    const text = doctorText(REPORT);
    for (const line of [
      /^Youtu +1\.2\.3, Node v20\.0\.0, node-llama-cpp 3\.0\.0, llama\.cpp b1$/m,
      /^CPU +Some CPU, 4 cores, load 0\.5\n +avx2 fma$/m,
      /^GPU +Some GPU \(vulkan\)$/m,
      /^Memory +9\.0 GB available of 16\.0 GB$/m,
      /^Models +in \/models\n +good, 500 MB, OK\n +bad, \/models\/bad\.gguf is damaged \(SHA-256 differs\)/m,
      /^Threads +3 for prefill, 1 for decoding \(estimated\)$/m,
      /^Speed +prefill 120 tokens\/s, decoding 20\.3 tokens\/s$/m,
      /^No problems found\.$/m,
    ])
      assert.match(text, line);
  });

  it('omits unknown values, and says what to do', () => {
    const { version, nodeVersion, machine, modelsFolder } = REPORT;
    const problems = [{ what: 'No model.', remedy: 'Get one: youtu model get x' }];
    const text = doctorText({ version, nodeVersion, machine, modelsFolder, files: [], problems });
    assert.match(text, /^Models +in \/models, none yet$/m);
    assert.match(text, /^Problem +No model\.\n +Get one: youtu model get x$/m);
    assert.doesNotMatch(text, /Speed|Threads|No problems|undefined/);
  });
});

describe('the machine description', () => {
  it('has processor, memory and platform', async () => {
    const { cores, memoryBytes, availableMemoryBytes, platform, cpu } = await machineFacts();
    assert.ok(cores >= 1 && memoryBytes > 1e8 && availableMemoryBytes > 0 && cpu !== '');
    assert.equal(platform, `${process.platform}-${process.arch}`);
  });
});

describe('the check of the models folder', () => {
  const folder = temporaryFolder();

  it('separates intact from damaged files, and omits missing ones', async () => {
    const bytes = sampleBytes(10_000);
    const [whole, short, absent] = ['whole', 'short', 'absent'].map((id) => ({
      ...sampleModel(bytes),
      id,
      fileName: `${id}.gguf`,
    }));
    assert.ok(whole && short && absent);
    const models = [whole, short, absent];
    const catalogue = { models, preference: { chat: [], completion: [] } };
    await writeFile(join(folder(), 'short.gguf'), bytes.subarray(0, 9000));
    await writeFile(join(folder(), 'own.gguf'), encodeGguf(validModel()));
    await writeFile(join(folder(), 'rubbish.gguf'), 'text');
    const context = createContext(new FakeTerminal(), new AbortController().signal, folder(), catalogue);
    const checks = await modelChecks(context);
    assert.deepEqual(
      checks.map(({ id, problem }) => [id, problem?.kind]),
      [
        ['short', 'truncated'],
        ['own', undefined],
        ['rubbish', 'notGguf'],
      ],
    );
  });
});
