import { l10n } from 'vscode';
import type { ModelEntry } from '../../protocol/model.js';
import type { ModelFit } from '../../protocol/modelFit.js';
import { bytes } from './modelFileText.js';

/** What a model is good for beside the others, and how it runs here. */
export function describeEntry(entry: ModelEntry): string {
  const { partialBytes, isInstalled, fit } = entry;
  return [
    purposeOf(entry),
    fit === undefined ? '' : fitText(fit),
    partialBytes > 0 && !isInstalled ? l10n.t('{0} already downloaded', bytes(partialBytes)) : '',
  ]
    .filter((part) => part !== '')
    .join(' · ');
}

/** In what the catalogue's models differ, for people who don't know them. */
function purposeOf({ id, roles }: ModelEntry): string {
  switch (id) {
    case 'qwen2.5-coder-0.5b':
      return l10n.t('fast everywhere, also without a GPU');
    case 'qwen2.5-coder-1.5b':
      return l10n.t('more accurate than the starter, and slower');
    case 'qwen2.5-coder-3b':
    case 'qwen2.5-coder-7b':
      return l10n.t('larger than the starter; needs a GPU to be fast');
    case 'smollm2-135m':
      return l10n.t('for machines with little memory; makes many mistakes');
    case 'youtu-llm-2b':
    case 'youtu-llm-2b-q8':
      return l10n.t('made for chat, explanations and fixes; slow at ghost text');
    default:
      return roles.map((role) => roleText(role)).join(', ');
  }
}

function roleText(role: ModelEntry['roles'][number]): string {
  return role === 'completion' ? l10n.t('ghost text') : l10n.t('chat and fixes');
}

/** How fast a model would run here, where, and in how much memory. */
function fitText({ place, memoryBytes, speed }: ModelFit): string {
  const memory = bytes(memoryBytes);
  if (place === 'none') return l10n.t('needs {0} of memory: too much for this machine now', memory);
  const where = {
    gpu: l10n.t('on the GPU'),
    partial: l10n.t('partly on the GPU'),
    cpu: '',
  }[place];
  return [speedText(speed), where, l10n.t('{0} of memory', memory)].filter((part) => part !== '').join(' · ');
}

/** Empty while the machine's speed isn't known. */
export function speedText(speed: ModelFit['speed']): string {
  if (speed === undefined) return '';
  const rate = speed.decode < 10 ? speed.decode.toFixed(1) : speed.decode.toFixed(0);
  return speed.isMeasured ? l10n.t('{0} tokens/s', rate) : l10n.t('about {0} tokens/s', rate);
}
