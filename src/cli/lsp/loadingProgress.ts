import type { Connection } from 'vscode-languageserver/node';
import type { EngineStatus } from '../../protocol/status.js';
import { editorProgress, type EditorProgress } from './editorProgress.js';

/** Shows that a model is being loaded, which takes seconds, as work-done progress. */
export class LoadingProgress {
  private running: { readonly model: string; readonly progress: Promise<EditorProgress> } | undefined;

  constructor(private readonly connection: Connection) {}

  onStatus(status: EngineStatus): void {
    if (status.kind !== 'loading') {
      this.end();
      return;
    }
    const percent = `${Math.round(status.progress * 100)}%`;
    if (this.running?.model !== status.model) {
      this.end();
      const progress = editorProgress(this.connection, `loading ${status.model}`, percent, false);
      this.running = { model: status.model, progress };
    }
    void this.running.progress.then((progress) => progress.report(percent));
  }

  private end(): void {
    void this.running?.progress.then((progress) => progress.done());
    this.running = undefined;
  }
}
