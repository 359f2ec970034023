import assert from 'node:assert/strict';
import {
  CancellationToken,
  CancellationTokenSource,
  LSPErrorCodes,
} from 'vscode-languageserver-protocol/node';
import { SEED_ROWS } from '../../src/engine/bench/seedBench.js';
import {
  BenchmarkProgress,
  BenchmarkRequest,
  type BenchmarkStep,
  type SeedReport,
} from '../../src/protocol/benchmark.js';
import { SettingsNotification } from '../../src/protocol/settings.js';
import { makeTinyModel } from '../fixtures/gguf/make.js';
import { EngineProcess } from './support/engineProcess.js';

/** The engine's part of `youtu.benchmark`. */
describe('the benchmark request', function () {
  this.timeout(120_000);
  let engine: EngineProcess;
  let model: string;
  before(async () => {
    model = await makeTinyModel({ architecture: 'llama', replies: [{ after: '\n\n', text: 'Yes.' }] });
    engine = await EngineProcess.start({ chatModel: model, gpu: 'off' });
  });
  after(async () => assert.equal(await engine.stop(), 0));

  /** @param onStep called with what is measured next */
  async function measure(
    onStep: (step: BenchmarkStep) => void = () => undefined,
    token = CancellationToken.None,
    rounds = 1,
  ): Promise<SeedReport> {
    const progressToken = crypto.randomUUID();
    const listening = engine.connection.onProgress(BenchmarkProgress, progressToken, onStep);
    const params = { rounds, uncachedTokens: 2, progressToken };
    try {
      return await engine.connection.sendRequest<SeedReport>(BenchmarkRequest.method, params, token);
    } finally {
      listening.dispose();
    }
  }

  it('returns all rows, the model and the machine, and reports each step', async () => {
    const steps: BenchmarkStep[] = [];
    const report = await measure((step) => void steps.push(step));
    assert.equal(report.model.path, model);
    assert.ok(report.machine.cores > 0 && report.threads.decode > 0);
    assert.deepEqual(
      report.rows.map(({ cached, uncached }) => [cached.tokens, uncached.tokens]),
      SEED_ROWS.map(({ generatedTokens }) => [generatedTokens, 2]),
    );
    assert.deepEqual(
      steps.map(({ step }) => step),
      [0, 1, 2, 3, 4, 5, 6, 7],
    );
    assert.ok(steps.every((step) => step.steps === 8));
  });

  it('ends when it is cancelled', async () => {
    const source = new CancellationTokenSource();
    const steps: BenchmarkStep[] = [];
    const run = measure(
      (step) => {
        if (steps.push(step) === 2) source.cancel();
      },
      source.token,
      20,
    );
    await assert.rejects(run, { code: LSPErrorCodes.RequestCancelled });
    assert.ok(steps.length < 20);
  });

  it('fails when its model is unloaded meanwhile, and the engine keeps running', async () => {
    const settings = { chatModel: model, gpu: 'off', contextSize: 1024 } as const;
    let isChanged = false;
    const run = measure(
      () => {
        if (!isChanged) void engine.connection.sendNotification(SettingsNotification.method, settings);
        isChanged = true;
      },
      CancellationToken.None,
      20,
    );
    await assert.rejects(run, (error: { data?: { kind?: string; detail?: string } }) => {
      assert.equal(error.data?.kind, 'evaluationFailed');
      assert.match(error.data.detail ?? '', /unloaded/);
      return true;
    });
    assert.equal((await measure()).rows.length, SEED_ROWS.length);
  });
});
