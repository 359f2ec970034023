import * as vscode from 'vscode';
import { BenchmarkProgress, BenchmarkRequest, type BenchmarkStep } from '../../protocol/benchmark.js';
import type { EngineClient } from '../engine/engineClient.js';

/** About a minute on two cores: one round, and only the first tokens without the cache, where each evaluates the whole text. */
const PARAMS = { rounds: 1, uncachedTokens: 4 };

/** Measures the chat's model on this machine and shows the results in a document. */
export class BenchmarkCommand {
  private isRunning = false;

  constructor(private readonly engine: EngineClient) {}

  async run(): Promise<void> {
    // Its progress is already on screen, and two at once would measure each other.
    if (this.isRunning) return;
    this.isRunning = true;
    try {
      const results = await this.measure();
      // Loaded when it is needed: activation is to load little code.
      const { benchmarkText } = await import('./benchmarkText.js');
      const content = benchmarkText(results);
      const document = await vscode.workspace.openTextDocument({ language: 'markdown', content });
      await vscode.window.showTextDocument(document);
    } finally {
      this.isRunning = false;
    }
  }

  private measure() {
    const location = vscode.ProgressLocation.Notification;
    const title = vscode.l10n.t('Measuring the model');
    return vscode.window.withProgress({ location, title, cancellable: true }, async (progress, token) => {
      const progressToken = `benchmark-${crypto.randomUUID()}`;
      const listener = this.engine.onProgress(BenchmarkProgress, progressToken, (step) =>
        progress.report({ increment: step.step === 0 ? 0 : 100 / step.steps, message: stepText(step) }),
      );
      try {
        return await this.engine.request(BenchmarkRequest, { ...PARAMS, progressToken }, token);
      } finally {
        listener.dispose();
      }
    });
  }
}

function stepText({ promptTokens, generatedTokens, cache }: BenchmarkStep): string {
  return cache === 'cached'
    ? vscode.l10n.t('{0} → {1} tokens, with the KV cache', promptTokens, generatedTokens)
    : vscode.l10n.t('{0} → {1} tokens, without the KV cache', promptTokens, generatedTokens);
}
