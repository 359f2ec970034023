import { l10n } from 'vscode';
import type { EngineErrorData } from '../../protocol/errors.js';
import { attemptReasons } from './downloadFailureText.js';

type HubError = EngineErrorData & {
  readonly kind: 'badHubName' | 'hubNotFound' | 'hubAmbiguous' | 'hubAccess' | 'hubUnreachable';
};

/** The sentence for what a hub, or the lack of one, has against a model's name. */
export function hubSentence(data: HubError): string {
  switch (data.kind) {
    case 'badHubName':
      return l10n.t(
        '“{0}” isn’t a name of a model on a hub. Write hf:OWNER/REPO:Q4_K_M, hf:OWNER/REPO/FILE.gguf, or the same with modelscope: in front.',
        data.name,
      );
    case 'hubNotFound':
      return `${notFound(data)}${data.near.length === 0 ? '' : ` ${l10n.t('There are: {0}', listed(data.near))}`}`;
    case 'hubAmbiguous':
      return l10n.t('{0} could be any of several models. Choose one: {1}', data.name, listed(data.choices));
    case 'hubAccess':
      return data.reason === 'needsToken'
        ? l10n.t(
            '{0} needs a token of the hub. Ask for access at {1}, then set your token.',
            data.name,
            data.pageUrl,
          )
        : l10n.t(
            'The hub doesn’t accept your token for {0}. Ask for access at {1}, or set another token.',
            data.name,
            data.pageUrl,
          );
    case 'hubUnreachable':
      return data.attempts.length === 0
        ? l10n.t(
            'No source in youtu.model.sources has {0}. Empty the setting, or add the hub to it.',
            data.name,
          )
        : l10n.t('The hub couldn’t be asked about {0}. {1}', data.name, attemptReasons(data.attempts));
  }
}

function notFound({ what, name }: EngineErrorData & { kind: 'hubNotFound' }): string {
  switch (what) {
    case 'repository':
      return l10n.t(
        'The hub has no repository for {0}, or it is private and needs a token. Check the spelling.',
        name,
      );
    case 'revision':
      return l10n.t('The repository has no such revision: {0}.', name);
    case 'file':
      return l10n.t('The repository has no such GGUF model: {0}.', name);
  }
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, 5).join(', ');
  return names.length > 5 ? `${shown} …` : shown;
}
