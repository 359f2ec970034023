import type { EngineErrorData } from '../protocol/errors.js';
import { attemptText, CERTIFICATE_REMEDY } from './downloadErrors.js';

type HubError = EngineErrorData & {
  readonly kind: 'badHubName' | 'hubNotFound' | 'hubAmbiguous' | 'hubAccess' | 'hubUnreachable';
};

const FORMS =
  'hf:OWNER/REPO, hf:OWNER/REPO:Q4_K_M, hf:OWNER/REPO/FILE.gguf, hf:OWNER/REPO@REVISION, and the same with modelscope:';
const LISTED = 20;

/** What a hub, or the lack of one, has against a name. */
export function hubSentence(data: HubError): string {
  switch (data.kind) {
    case 'badHubName':
      return `"${data.name}" isn't a name of a model on a hub. Such names are ${FORMS}.`;
    case 'hubNotFound':
      return `${NOT_FOUND[data.what](data.name)}${list(' There are:', data.near)}`;
    case 'hubAmbiguous':
      return `${data.name} could be any of several models. Name one:${list('', data.choices)}`;
    case 'hubAccess':
      return data.reason === 'needsToken'
        ? `${data.name} needs a token of the hub: ask for access at ${data.pageUrl}, then set ${variableOf(data.name)} to your token.`
        : `${data.name}: the hub doesn't accept your token for it. Ask for access at ${data.pageUrl}, or set ${variableOf(data.name)} to a token that may read it.`;
    case 'hubUnreachable':
      return unreachable(data);
  }
}

const NOT_FOUND = {
  repository: (name: string) =>
    `The hub has no repository for ${name}, or it is private (then a token is needed: ${variableOf(name)}). Check the spelling.`,
  revision: (name: string) => `The repository has no such revision: ${name}.`,
  file: (name: string) => `The repository has no such GGUF model: ${name}.`,
};

function unreachable({ name, attempts }: EngineErrorData & { kind: 'hubUnreachable' }): string {
  if (attempts.length === 0)
    return `No source that has ${name} is among those to use. Leave out --source, or empty youtu.model.sources.`;
  return [
    `The hub couldn't be asked about ${name}. Tried, in this order:`,
    ...attempts.map((attempt) => `  ${attemptText(attempt)}`),
    'What you can do:',
    `  - To use a mirror: youtu model get ${name} --source https://…`,
    '  - If you have the GGUF file: youtu model add PATH',
    ...(attempts.some(({ reason }) => reason === 'certificate') ? [`  - ${CERTIFICATE_REMEDY}`] : []),
  ].join('\n');
}

function variableOf(name: string): string {
  return name.startsWith('modelscope:') ? 'MODELSCOPE_API_TOKEN' : 'HF_TOKEN';
}

function list(title: string, names: readonly string[]): string {
  if (names.length === 0) return '';
  const more = names.length - LISTED;
  const lines = names.slice(0, LISTED).map((name) => `\n  ${name}`);
  return `${title}${lines.join('')}${more > 0 ? `\n  and ${more} more` : ''}`;
}
