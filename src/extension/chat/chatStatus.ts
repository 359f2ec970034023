import * as vscode from 'vscode';
import type { ChatViewStatus } from '../../protocol/chatView.js';
import { ModelListRequest } from '../../protocol/model.js';
import type { DeviceInfo } from '../../protocol/status.js';
import { Disposables } from '../disposables.js';
import type { EngineClient, EngineState } from '../engine/engineClient.js';
import { sentence } from '../failureText.js';
import { readSetting } from '../settings.js';

/** Follows the engine's state and whether there is a model, so that a missing one is shown before the first question. */
export class ChatStatus extends Disposables {
  /** `undefined` before a check. */
  private hasModel: boolean | undefined;

  constructor(
    private readonly engine: EngineClient,
    private readonly log: vscode.LogOutputChannel,
    private readonly onDidChange: (status: ChatViewStatus) => void,
  ) {
    super();
    this.own(engine.onDidChangeState(() => this.follow()));
    this.own(
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (!event.affectsConfiguration('youtu.model')) return;
        this.hasModel = undefined;
        void this.checkModel();
      }),
    );
  }

  get current(): ChatViewStatus {
    return viewStatus(this.engine.state, this.hasModel);
  }

  /** Asks the engine for a model unless one is known. Never rejects. */
  async checkModel(): Promise<void> {
    if (this.hasModel === true || this.engine.state.kind === 'crashed') return;
    try {
      this.hasModel = await isModelPresent(this.engine);
    } catch (error) {
      // The question itself will fail with a sentence.
      this.log.debug(`chat: could not look for models: ${String(error)}`);
    }
    this.onDidChange(this.current);
  }

  private follow(): void {
    const { state } = this.engine;
    if (state.kind === 'running') {
      const { status } = state;
      // The folder may have been changed, or a model deleted, since the last check.
      if (status.kind === 'noModel' && this.hasModel !== false) {
        this.hasModel = status.role === 'chat' ? false : undefined;
        void this.checkModel();
      }
      if (status.kind === 'ready' || status.kind === 'working') this.hasModel = true;
      // Something has changed since none was found, perhaps by a download.
      if (status.kind === 'idle' && this.hasModel === false) void this.checkModel();
    }
    this.onDidChange(this.current);
  }
}

/**
 * Whether a model for the chat is there; `true` also for any file that the user has named. Starts the engine if
 * needed, but loads no model.
 */
async function isModelPresent(engine: EngineClient): Promise<boolean> {
  if (process.env['YOUTU_MODEL'] !== undefined || readSetting('model.chat') !== 'auto') return true;
  const source = new vscode.CancellationTokenSource();
  try {
    const models = await engine.query(ModelListRequest, source.token);
    return models.some(({ isInstalled }) => isInstalled);
  } finally {
    source.dispose();
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
