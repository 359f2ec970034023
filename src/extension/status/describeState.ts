import { l10n } from 'vscode';
import type { EngineErrorData } from '../../protocol/errors.js';
import type { DeviceInfo, EngineStatus, LoadedModel, WorkKind } from '../../protocol/status.js';
import type { EngineState } from '../engine/engineClient.js';
import { sentence } from '../failureText.js';
import type { Downloads, RunningDownload } from '../models/downloads.js';
import { downloadLine, percentOf } from '../models/downloadText.js';
import type { ModelPresence } from '../models/modelPresence.js';

export interface StateDescription {
  /** Codicon. */
  readonly icon: string;
  readonly text: string;
  readonly detail: string;
  readonly severity: 'none' | 'warning' | 'error';
}

/** What else the status shows of models. */
export interface ModelFacts {
  readonly presence: Pick<ModelPresence, 'hasModel'>;
  readonly downloads: Pick<Downloads, 'running'>;
}

/** A state in words, for the status item and the status menu. */
export function describeState(state: EngineState, { presence, downloads }: ModelFacts): StateDescription {
  const [download] = downloads.running;
  if (download !== undefined) return describeDownload(download);
  const isIdle = state.kind === 'stopped' || (state.kind === 'running' && state.status.kind === 'idle');
  return isIdle && presence.hasModel === false ? noModel() : describeEngine(state);
}

function describeDownload(download: RunningDownload): StateDescription {
  const { progress } = download;
  const text = progress === undefined ? 'Youtu' : `Youtu: ${percentOf(progress)}%`;
  return calm('cloud-download', text, downloadLine(download));
}

function noModel(): StateDescription {
  return {
    icon: 'cloud-download',
    text: l10n.t('Youtu: no model'),
    detail: l10n.t('There is no model on this machine yet. Download one, or choose a file.'),
    severity: 'warning',
  };
}

function describeEngine(state: EngineState): StateDescription {
  switch (state.kind) {
    case 'stopped':
      return calm('sparkle', 'Youtu', l10n.t('The engine starts with the first completion or question.'));
    case 'starting':
      return calm('loading~spin', 'Youtu', l10n.t('The engine is starting.'));
    case 'restarting':
      return {
        icon: 'loading~spin',
        text: 'Youtu',
        detail: l10n.t(
          'The engine stopped unexpectedly and is restarting ({0} of {1}).',
          state.attempt,
          state.attempts,
        ),
        severity: 'warning',
      };
    case 'crashed':
      return {
        icon: 'error',
        text: l10n.t('Youtu: stopped'),
        detail: l10n.t(
          'The engine stopped several times in a row. Restart it, or see the log for the cause.',
        ),
        severity: 'error',
      };
    case 'running':
      return describeStatus(state);
  }
}

function describeStatus({ status }: EngineState & { kind: 'running' }): StateDescription {
  switch (status.kind) {
    case 'idle':
      return calm(
        'sparkle',
        'Youtu',
        l10n.t('The engine is running. A model is loaded when it is first needed.'),
      );
    case 'noModel':
      return noModel();
    case 'loading':
      return calm(
        'loading~spin',
        'Youtu',
        // The first reports come when a part of the file has been read.
        status.progress > 0
          ? l10n.t('Loading {0} ({1}%)', status.model, Math.round(status.progress * 100))
          : l10n.t('Loading {0}', status.model),
      );
    case 'ready':
      return calm('sparkle', 'Youtu', modelsText(status));
    case 'working':
      return calm(isQuiet(status.task) ? 'sparkle' : 'loading~spin', 'Youtu', modelsText(status));
    case 'failed':
      return {
        icon: 'error',
        text: l10n.t('Youtu: model failed'),
        detail: sentence(status.error),
        severity: 'error',
      };
  }
}

/** Ghost text is visible itself; an icon that changes with each key would distract. */
function isQuiet(task: WorkKind): boolean {
  return task === 'completion' || task === 'warm-up';
}

function modelsText({ models, skipped = [] }: EngineStatus & { kind: 'ready' | 'working' }): string {
  const lines = models.map(modelText);
  return [...lines, ...skipped.map((problem) => skippedText(problem, models[0]?.id ?? ''))].join('\n');
}

/** `qwen2.5-coder-0.5b for ghost text and chat, on the CPU`. */
function modelText({ id, device, roles }: LoadedModel): string {
  const place = deviceText(device);
  if (roles.length !== 1) return l10n.t('{0} for ghost text and chat, {1}', id, place);
  return roles[0] === 'chat'
    ? l10n.t('{0} for chat and fixes, {1}', id, place)
    : l10n.t('{0} for ghost text, {1}', id, place);
}

/** Why a better model isn't used. @param used the id of the one that is */
export function skippedText(problem: EngineErrorData, used: string): string {
  return l10n.t('{0} Until then {1} is used.', sentence(problem), used);
}

/** Where a model runs: on the CPU, or on the GPU with the layers that it took. */
export function deviceText({ kind, name, offloadedLayers, totalLayers }: DeviceInfo): string {
  if (kind === 'cpu') return l10n.t('on the CPU');
  if (offloadedLayers >= totalLayers) return l10n.t('on {0}', name ?? kind);
  return l10n.t('{0} of {1} layers on {2}', offloadedLayers, totalLayers, name ?? kind);
}

function calm(icon: string, text: string, detail: string): StateDescription {
  return { icon, text, detail, severity: 'none' };
}
