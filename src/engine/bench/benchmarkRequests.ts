import type { Connection } from 'vscode-languageserver/node';
import { BenchmarkProgress, BenchmarkRequest } from '../../protocol/benchmark.js';
import { EngineError, EngineErrorCode } from '../../protocol/errors.js';
import { answerRequest } from '../cancellation.js';
import type { Engine } from '../engine.js';
import type { Model } from '../model/model.js';

interface Run {
  readonly model: Model;
  readonly unloaded: AbortController;
  readonly ended: Promise<unknown>;
}

/** Runs the benchmark for an editor, alongside its other requests; ghost text has priority. */
export function registerBenchmark(connection: Connection, engine: Engine, version: string): void {
  const runs = new Set<Run>();
  engine.host.onRelease(async (model) => {
    for (const run of [...runs].filter((each) => each.model === model)) {
      run.unloaded.abort(modelUnloadedError());
      await run.ended;
    }
  });
  connection.onRequest(BenchmarkRequest, ({ progressToken, ...options }, token) =>
    answerRequest(token, async (signal) => {
      // Loaded on demand, because the benchmark is rarely used.
      const { seedReport } = await import('./seedBench.js');
      const model = await engine.host.model('chat');
      const unloaded = new AbortController();
      const combinedSignal = AbortSignal.any([signal, unloaded.signal]);
      const report = seedReport(engine, model, version, options, combinedSignal, (step) => {
        if (progressToken !== undefined) void connection.sendProgress(BenchmarkProgress, progressToken, step);
      });
      const run = { model, unloaded, ended: report.catch(() => undefined) };
      runs.add(run);
      return report.finally(() => runs.delete(run));
    }),
  );
}

function modelUnloadedError(): EngineError {
  const detail = 'the model was unloaded during the benchmark';
  return new EngineError(EngineErrorCode.evaluationFailed, { kind: 'evaluationFailed', detail });
}
