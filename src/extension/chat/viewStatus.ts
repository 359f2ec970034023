import { l10n } from 'vscode';
import type { ChatViewStatus } from '../../protocol/chatView.js';
import type { DeviceInfo } from '../../protocol/status.js';
import type { EngineState } from '../engine/engine.js';
import { sentence } from '../failureText.js';

/**
 * What the chat shows of the engine's state.
 * @param hasModel whether a model for the chat is known to be there; `undefined` before anybody has looked
 */
export function viewStatus(state: EngineState, hasModel: boolean | undefined): ChatViewStatus {
  switch (state.kind) {
    case 'crashed':
      return { kind: 'stopped' };
    case 'restarting':
      return {
        kind: 'busy',
        message: l10n.t('The engine is being started again ({0} of {1})…', state.attempt, state.attempts),
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
        message: l10n.t('Loading {0}…', status.model),
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
  return kind === 'cpu' ? l10n.t('CPU') : (name ?? kind);
}
