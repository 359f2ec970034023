import { l10n } from 'vscode';
import type { EngineErrorData } from '../../protocol/errors.js';

type ModelFileError = EngineErrorData & {
  kind:
    | 'modelMissing'
    | 'modelUnreadable'
    | 'notGguf'
    | 'unsupportedGguf'
    | 'laterPart'
    | 'partMissing'
    | 'partRenamed'
    | 'truncated'
    | 'damaged'
    | 'modelChanged'
    | 'unknownArchitecture'
    | 'notEnoughMemory'
    | 'loadFailed';
};

/** The sentence for a model file that can't be used. */
export function modelFileSentence(data: ModelFileError): string {
  switch (data.kind) {
    case 'modelMissing':
      return l10n.t('The model file {0} no longer exists. Choose another model, or download one.', data.path);
    case 'modelUnreadable':
      return l10n.t('The model file {0} can’t be read ({1}). Check its permissions.', data.path, data.code);
    case 'notGguf':
      return foreignSentence(data);
    case 'unsupportedGguf':
      return unsupportedSentence(data);
    case 'laterPart':
      return l10n.t(
        '{0} is part {1} of a model in {2} files. Choose the first file instead.',
        data.path,
        data.number,
        data.count,
      );
    case 'partMissing':
      return l10n.t(
        '{0} is the first of {1} files, and these are missing beside it: {2}. Download them into the same folder.',
        data.path,
        data.count,
        listText(data.missing),
      );
    case 'partRenamed':
      return l10n.t(
        '{0} is the first of {1} files. llama.cpp finds the others only by their names: rename this one to {2}, and the others in the same way.',
        data.path,
        data.count,
        data.name,
      );
    case 'truncated':
      return l10n.t(
        '{0} is incomplete: it has {1} of {2}. Download it again.',
        data.path,
        bytes(data.actualBytes),
        bytes(data.expectedBytes),
      );
    case 'damaged':
      return l10n.t('{0} is damaged ({1}). Download it again.', data.path, data.detail);
    case 'modelChanged':
      return l10n.t(
        '{0} was changed while it was being loaded. Wait until it has been written, then try again.',
        data.path,
      );
    case 'unknownArchitecture':
      return l10n.t(
        'This build of llama.cpp doesn’t support the architecture “{0}” of {1}. Choose another model.',
        data.architecture,
        data.path,
      );
    case 'notEnoughMemory':
      return l10n.t(
        '{0} needs about {1} of memory, but only {2} are available. Close other programs or choose a smaller model.',
        data.path,
        bytes(data.neededBytes),
        bytes(data.availableBytes),
      );
    case 'loadFailed':
      return l10n.t(
        '{0} couldn’t be loaded: {1}. See the log for llama.cpp’s messages.',
        data.path,
        data.detail,
      );
  }
}

export function bytes(count: number): string {
  return count >= 1e9 ? `${(count / 1e9).toFixed(1)} GB` : `${Math.round(count / 1e6)} MB`;
}

function foreignSentence({ path, found }: EngineErrorData & { kind: 'notGguf' }): string {
  if (found === undefined) return l10n.t('{0} is not a GGUF file. Choose a file in GGUF format.', path);
  switch (found) {
    case 'empty':
      return l10n.t('{0} is empty. Download it again.', path);
    case 'pointer':
      return l10n.t(
        '{0} is not a GGUF file but a pointer to one, from Git LFS or git-annex. Fetch the file itself (git lfs pull), or download it.',
        path,
      );
    case 'webPage':
      return l10n.t(
        '{0} is not a GGUF file but a web page. Use the hub’s download link, and sign in if the hub requires it.',
        path,
      );
    case 'message':
      return l10n.t(
        '{0} is not a GGUF file but a message of a server (JSON or XML). Open it in an editor to read why the model wasn’t sent.',
        path,
      );
    case 'archive':
      return l10n.t('{0} is not a GGUF file but an archive. Unpack it first.', path);
    case 'ggml':
      return l10n.t(
        '{0} is in the older GGML format, which llama.cpp no longer reads. Download the model as GGUF.',
        path,
      );
    case 'safetensors':
    case 'pytorch':
    case 'otherModel':
      return l10n.t(
        '{0} is not a GGUF file but a model in another format. Choose a file in GGUF format.',
        path,
      );
    case 'zeros':
      return l10n.t('{0} begins with zeros, as an unfinished download does. Download it again.', path);
  }
}

function unsupportedSentence({
  path,
  reason,
  version,
}: EngineErrorData & { kind: 'unsupportedGguf' }): string {
  switch (reason) {
    case 'bigEndian':
      return l10n.t(
        '{0} is a GGUF file for big-endian machines, with the other byte order. Download one for this machine.',
        path,
      );
    case 'oldVersion':
      return l10n.t('{0} is a GGUF file of the old version {1}. Download a newer one.', path, version);
    case 'newVersion':
      return l10n.t(
        '{0} is a GGUF file of version {1}, which this llama.cpp doesn’t read yet. Update Youtu Code, or choose another model.',
        path,
        version,
      );
  }
}

const LISTED = 5;

/** File names, the first ones of many. */
function listText(paths: readonly string[]): string {
  const names = paths.slice(0, LISTED).map((path) => path.replace(/^.*[/\\]/, ''));
  return paths.length > LISTED ? `${names.join(', ')}, …` : names.join(', ');
}
