/** What can end a command, and the sentences about it. */
import { basename } from 'node:path';
import { EngineError, type EngineErrorData } from '../protocol/errors.js';
import type { EngineStatus } from '../protocol/status.js';
import { downloadSentence } from './downloadErrors.js';
import { hubSentence } from './hubErrors.js';
import { engineUnusableSentence } from './deviceText.js';
import { impossibleText } from './impossibleEdit.js';
import { remoteSentence } from './remoteError.js';
import { bytePair, byteText } from './terminal/format.js';
import { notFound, systemErrorText, systemSentence } from './systemError.js';

type FoundFormat = NonNullable<(EngineErrorData & { kind: 'notGguf' })['found']>;

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
      return notFound(data.path);
    case 'modelUnreadable':
      return unreadableSentence(data.path, data.code);
    case 'notGguf':
      return `${data.path} ${FOREIGN_FILES[data.found ?? 'unknown']}`;
    case 'unsupportedGguf':
      return `${data.path} ${UNSUPPORTED_GGUFS[data.reason]} (GGUF version ${data.version}). ${SUPPORTED_GGUFS}`;
    case 'laterPart':
      return `${data.path} is part ${data.number} of a model in ${data.count} files. Pass the first one${data.first === undefined ? '' : `: ${data.first}`}`;
    case 'partMissing':
      return `${data.path} is the first of ${data.count} files, and these are missing beside it: ${listText(data.missing)}. Download them into the same folder.`;
    case 'partRenamed':
      return `${data.path} is the first of ${data.count} files. llama.cpp finds the others only by their names: rename this one to ${data.name}, and the others in the same way.`;
    case 'truncated': {
      const [has, needs] = bytePair(data.actualBytes, data.expectedBytes);
      return `${data.path} is incomplete: it has ${has} and needs at least ${needs}. Download it again.`;
    }
    case 'damaged':
      return `${data.path} is damaged (${data.detail}). Download it again.`;
    case 'modelChanged':
      return `${data.path} was changed while it was being loaded. Wait until it has been written, then try again.`;
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
    case 'badHubName':
    case 'hubNotFound':
    case 'hubAmbiguous':
    case 'hubAccess':
    case 'hubUnreachable':
      return hubSentence(data);
    case 'downloadRunning':
      return `${data.id} is already being downloaded by another process. Wait until it has finished.`;
    case 'promptTooLong':
      return `This is too long for the model: ${data.promptTokens} tokens, but its context holds ${data.contextTokens}. Shorten it.`;
    case 'editImpossible':
      return impossibleText(data, 'commandLine');
    case 'engineUnusable':
      return engineUnusableSentence(data);
    case 'evaluationFailed':
      return `llama.cpp failed while it was answering: ${data.detail}`;
    case 'badGrammar':
      return `The answer can't be constrained to this grammar or schema: ${data.detail}`;
    case 'noDiff':
      return data.reason === 'empty'
        ? 'There are no changes to describe. Stage some with "git add" first.'
        : 'The input is not a diff. Pipe one in, such as that of "git diff --staged".';
    case 'remoteFailed':
      return remoteSentence(data);
    case 'listenFailed':
      return listenSentence(data);
  }
}

/** Says once of each model that `auto` passed over what is wrong with its file. */
export function skippedModels(tell: (sentence: string) => void): (status: EngineStatus) => void {
  const told = new Set<string>();
  return (status) => {
    if (status.kind !== 'ready') return;
    for (const problem of status.skipped ?? []) {
      const sentence = `${errorSentence(problem)} Until then ${status.models[0]?.id ?? ''} is used.`;
      if (!told.has(sentence)) tell(sentence);
      told.add(sentence);
    }
  };
}

const NEEDS_GGUF = 'llama.cpp needs a model in GGUF format.';
const SUPPORTED_GGUFS = 'llama.cpp needs version 2 or 3, little endian. Download such a file.';

/** What a file is instead of a GGUF, after its path. */
const FOREIGN_FILES: Readonly<Record<FoundFormat | 'unknown', string>> = {
  unknown: `is not a GGUF file. ${NEEDS_GGUF}`,
  empty: 'is empty. Download it again.',
  pointer:
    'is not a GGUF file but a pointer to one, from Git LFS or git-annex. Fetch the file with "git lfs pull" (or "git annex get"), or download it from the hub.',
  webPage:
    'is not a GGUF file but a web page (HTML). Use the hub’s download link (".../resolve/main/..."), and sign in if the hub requires it.',
  message:
    'is not a GGUF file but a message of a server (JSON or XML). Open it in an editor to read why the server didn’t send the model.',
  archive: 'is not a GGUF file but an archive (zip, gzip or the like). Unpack it first.',
  safetensors: `is not a GGUF file but a model in safetensors format. ${NEEDS_GGUF}`,
  pytorch: `is not a GGUF file but a PyTorch model. ${NEEDS_GGUF}`,
  ggml: 'is not a GGUF file but one of the older GGML format, which llama.cpp no longer reads. Download the model as GGUF.',
  otherModel: `is not a GGUF file but a model in another format. ${NEEDS_GGUF}`,
  zeros: 'is not a GGUF file yet: it begins with zeros, as an unfinished download does. Download it again.',
};

const UNSUPPORTED_GGUFS = {
  bigEndian: 'is a GGUF file for big-endian machines, with the other byte order',
  oldVersion: 'is a GGUF file of an old version',
  newVersion: 'is a GGUF file of a newer version than this llama.cpp reads',
} as const;

function unreadableSentence(path: string, code: string): string {
  if (code === 'EISDIR') return `${path} is not a file. Pass the path of the GGUF file itself.`;
  const isForbidden = code === 'EACCES' || code === 'EPERM';
  const known = isForbidden ? undefined : systemSentence(code, path);
  return known ?? `${path} can't be read (${code}). Check its permissions.`;
}

const LISTED = 5;

/** File names, the first ones of many. */
function listText(paths: readonly string[]): string {
  const names = paths.slice(0, LISTED).map((path) => basename(path));
  const more = paths.length - names.length;
  return `${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
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
