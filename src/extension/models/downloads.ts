import * as vscode from 'vscode';
import {
  ModelDownloadProgress,
  ModelDownloadRequest,
  type DownloadProgress,
  type ModelEntry,
} from '../../protocol/model.js';
import { Disposables } from '../disposables.js';
import type { EngineClient } from '../engine/engineClient.js';

/** A download that this window has started. */
export interface RunningDownload {
  readonly id: string;
  readonly name: string;
  /** Absent before the first report. */
  readonly progress?: DownloadProgress;
}

/** The downloads of this window, for all that shows them: the notification, the status item, the chat. */
export class Downloads extends Disposables {
  private readonly changed = this.own(new vscode.EventEmitter<void>());
  readonly onDidChange = this.changed.event;
  private readonly byId = new Map<
    string,
    { download: RunningDownload; readonly done: Promise<string>; readonly cancel: () => void }
  >();

  constructor(private readonly engine: EngineClient) {
    super();
  }

  get running(): readonly RunningDownload[] {
    return [...this.byId.values()].map(({ download }) => download);
  }

  /**
   * Starts a download, or joins the one of the same model that runs. Its licence has been accepted.
   * @param hubToken for a hub's private and gated repositories
   * @returns the file's path
   * @throws EngineFailure, or CancellationError when it was cancelled
   */
  start(entry: Pick<ModelEntry, 'id' | 'name'>, hubToken?: string): Promise<string> {
    const running = this.byId.get(entry.id);
    if (running !== undefined) return running.done;
    const source = new vscode.CancellationTokenSource();
    const done = this.fetch(entry.id, hubToken, source.token).finally(() => {
      source.dispose();
      this.byId.delete(entry.id);
      this.changed.fire();
    });
    const { id, name } = entry;
    this.byId.set(id, { download: { id, name }, done, cancel: () => source.cancel() });
    this.changed.fire();
    return done;
  }

  /** What has arrived is kept: the next start continues with it. */
  cancel(id: string): void {
    this.byId.get(id)?.cancel();
  }

  private async fetch(
    id: string,
    hubToken: string | undefined,
    token: vscode.CancellationToken,
  ): Promise<string> {
    const workDoneToken = `download-${id}-${Date.now()}`;
    const listener = this.engine.onProgress(ModelDownloadProgress, workDoneToken, (message) => {
      const running = this.byId.get(id);
      if (running === undefined || message.kind !== 'report') return;
      running.download = { ...running.download, progress: message.download };
      this.changed.fire();
    });
    try {
      const secret = hubToken === undefined ? {} : { hubToken };
      const params = { id, licenceAccepted: true, workDoneToken, ...secret };
      return (await this.engine.request(ModelDownloadRequest, params, token)).path;
    } finally {
      listener.dispose();
    }
  }
}
