import * as vscode from 'vscode';
import type { ChatViewStatus } from '../../protocol/chatView.js';
import type { DeviceInfo } from '../../protocol/status.js';
import { Disposables } from '../disposables.js';
import type { EngineClient, EngineState } from '../engine/engineClient.js';
import { sentence } from '../failureText.js';
import type { Downloads } from '../models/downloads.js';
import { downloadLine } from '../models/downloadText.js';
import type { ModelPresence } from '../models/modelPresence.js';

/** What the chat's page shows of the engine: a missing model, too, and one that is being downloaded. */
export class ChatStatus extends Disposables {
  constructor(
    private readonly engine: EngineClient,
    private readonly presence: ModelPresence,
    private readonly downloads: Downloads,
    onDidChange: (status: ChatViewStatus) => void,
  ) {
    super();
    const show = (): void => onDidChange(this.current);
    this.own(engine.onDidChangeState(show));
    this.own(presence.onDidChange(show));
    this.own(downloads.onDidChange(show));
  }

  get current(): ChatViewStatus {
    const status = viewStatus(this.engine.state, this.presence.hasModel);
    const [download] = this.downloads.running;
    // With a model, questions can be asked meanwhile.
    if (download === undefined || status.kind !== 'noModel') return status;
    const { doneBytes, totalBytes } = download.progress ?? { doneBytes: 0, totalBytes: 0 };
    const message = downloadLine(download);
    return { kind: 'busy', message, ...(totalBytes > 0 ? { progress: doneBytes / totalBytes } : {}) };
  }
}

/** @param hasModel `undefined` before a check */
function viewStatus(state: EngineState, hasModel: boolean | undefined): ChatViewStatus {
  switch (state.kind) {
    case 'crashed':
      return { kind: 'stopped' };
    case 'restarting':
      return {
        kind: 'busy',
        message: vscode.l10n.t('Restarting the engine ({0} of {1})…', state.attempt, state.attempts),
      };
    case 'starting':
    case 'stopped':
      return hasModel === false ? { kind: 'noModel' } : { kind: 'ready' };
    case 'running':
      break;
  }
  const { status } = state;
  switch (status.kind) {
    case 'loading':
      return {
        kind: 'busy',
        message: vscode.l10n.t('Loading {0}…', status.model),
        progress: status.progress,
      };
    case 'failed':
      return { kind: 'failed', message: sentence(status.error) };
    case 'idle':
    case 'noModel':
      return hasModel === false ? { kind: 'noModel' } : { kind: 'ready' };
    case 'ready':
    case 'working': {
      const model = status.models.find(({ roles }) => roles.includes('chat'));
      return model === undefined
        ? { kind: 'ready' }
        : { kind: 'ready', model: model.id, device: deviceName(model.device) };
    }
  }
}

function deviceName({ kind, name }: DeviceInfo): string {
  return kind === 'cpu' ? vscode.l10n.t('CPU') : (name ?? kind);
}
