import { l10n } from 'vscode';
import { editSentence } from './edit/editFailureText.js';
import type { EngineErrorData } from '../protocol/errors.js';
import { engineUnusableText } from './engine/engineUnusableText.js';
import type { CommandId } from './commands.js';
import { EngineFailure } from './engine/engineClient.js';
import { downloadProblem, downloadSentence } from './models/downloadFailureText.js';
import { hubSentence } from './models/hubFailureText.js';
import { bytes, modelFileSentence } from './models/modelFileText.js';
import { remoteSentence } from './remote/remoteFailureText.js';

/** A button of a message. */
export interface FailureAction {
  readonly title: string;
  readonly command: CommandId | EditorCommand;
  readonly arguments: readonly unknown[];
}

/** VS Code's own commands that a button may run. */
type EditorCommand =
  'workbench.action.openSettings' | 'workbench.trust.manage' | 'editor.action.inlineSuggest.trigger';

export interface FailureText {
  /** What happened, and what to do. */
  readonly message: string;
  readonly actions: readonly FailureAction[];
}

/** The sentence for an error, with what the user can do about it. */
export function explain(error: unknown): FailureText {
  if (error instanceof EngineFailure) {
    const { data } = error;
    switch (data.kind) {
      case 'engineStopped':
        return {
          // It is started again by itself; when that fails too often, another message says so.
          message: l10n.t(
            'The engine stopped while it was answering, and starts again by itself. Try again, or see the log for the cause.',
          ),
          actions: [showLog()],
        };
      case 'engineRestarted':
        return {
          message: l10n.t('The engine was restarted while it was answering. Try again.'),
          actions: [],
        };
      case 'unexpected':
        return { message: l10n.t('The engine reported an error: {0}', data.detail), actions: [showLog()] };
      default:
        return { message: sentence(data), actions: actionsFor(data) };
    }
  }
  return {
    message: l10n.t('Something went wrong: {0}', error instanceof Error ? error.message : String(error)),
    actions: [showLog()],
  };
}

/** The sentence for what the engine reports. */
export function sentence(data: EngineErrorData): string {
  switch (data.kind) {
    case 'noModel':
      return data.role === 'chat'
        ? l10n.t('There is no model for chat yet. Download one, or choose a GGUF file on disk.')
        : l10n.t('There is no model for completion yet. Download one, or choose a GGUF file on disk.');
    case 'unknownModel':
      return l10n.t('“{0}” is neither a model in the catalogue nor a GGUF file. Choose a model.', data.name);
    case 'modelNotInstalled':
      return l10n.t(
        'The model {0} is selected but not installed. Download it, or choose another model.',
        data.id,
      );
    case 'modelMissing':
    case 'modelUnreadable':
    case 'notGguf':
    case 'unsupportedGguf':
    case 'laterPart':
    case 'partMissing':
    case 'partRenamed':
    case 'truncated':
    case 'damaged':
    case 'modelChanged':
    case 'unknownArchitecture':
    case 'notEnoughMemory':
    case 'loadFailed':
      return modelFileSentence(data);
    case 'downloadFailed':
      return downloadSentence(data);
    case 'noDiskSpace':
      return l10n.t(
        'There isn’t enough disk space in {0}: {1} needed, {2} free. Free some space, or set youtu.model.folder to a folder on another disk.',
        data.folder,
        bytes(data.neededBytes),
        bytes(data.freeBytes),
      );
    case 'folderNotWritable':
      return l10n.t(
        'The folder {0} isn’t writable. Set youtu.model.folder to a writable folder.',
        data.folder,
      );
    case 'licenceNotAccepted':
      return l10n.t(
        'The model {0} has its own licence ({1}), which you must accept first.',
        data.id,
        data.licence,
      );
    case 'badHubName':
    case 'hubNotFound':
    case 'hubAmbiguous':
    case 'hubAccess':
    case 'hubUnreachable':
      return hubSentence(data);
    case 'downloadRunning':
      return l10n.t('The model {0} is already being downloaded, perhaps by another window.', data.id);
    case 'promptTooLong':
      return l10n.t(
        'This is too long for the model: {0} tokens, but its context holds {1}. Shorten it, or increase youtu.model.contextSize.',
        data.promptTokens,
        data.contextTokens,
      );
    case 'editImpossible':
      return editSentence(data);
    case 'engineUnusable':
      return engineUnusableText(data);
    case 'evaluationFailed':
      return l10n.t(
        'llama.cpp failed while it was answering: {0}. Try again, or restart the engine.',
        data.detail,
      );
    case 'badGrammar':
      return l10n.t('The answer can’t be constrained to this grammar: {0}', data.detail);
    case 'noDiff':
      return l10n.t('There are no changes to write a commit message for.');
    case 'remoteFailed':
      return remoteSentence(data);
    case 'listenFailed':
      return listenSentence(data);
  }
}

function listenSentence({ host, port, code }: EngineErrorData & { kind: 'listenFailed' }): string {
  if (code === 'EADDRINUSE')
    return l10n.t('Port {0} is in use by another program. Set youtu.server.port to a different port.', port);
  if (code === 'needsKey')
    return l10n.t(
      '{0} can be reached from other machines, which requires an API key. Use the command line (youtu serve --api-key), or set youtu.server.host to 127.0.0.1.',
      host,
    );
  return l10n.t('The server can’t listen on {0}, port {1} ({2}).', host, port, code);
}

export function actionsFor(data: EngineErrorData): readonly FailureAction[] {
  switch (data.kind) {
    case 'noModel':
    case 'modelNotInstalled':
    case 'truncated':
    case 'damaged':
    case 'notGguf':
      return [downloadModel(), chooseModel()];
    case 'unknownModel':
    case 'modelMissing':
    case 'modelUnreadable':
    case 'unsupportedGguf':
    case 'laterPart':
    case 'partMissing':
    case 'partRenamed':
    case 'modelChanged':
    case 'unknownArchitecture':
    case 'notEnoughMemory':
      return [chooseModel(), showLog()];
    case 'downloadFailed':
      return downloadSteps(data);
    case 'noDiskSpace':
    case 'folderNotWritable':
      return [openSettings('youtu.model.folder')];
    case 'promptTooLong':
      return [openSettings('youtu.model.contextSize')];
    case 'loadFailed':
    case 'engineUnusable':
    case 'evaluationFailed':
      return [restart(), showLog()];
    case 'listenFailed':
      return [openSettings('youtu.server')];
    case 'remoteFailed':
      return data.reason === 'unauthorized'
        ? [action(l10n.t('Set Key'), 'youtu.remote.setKey')]
        : [openSettings('youtu.remote'), showLog()];
    case 'hubUnreachable':
      return [openSettings('youtu.model.sources'), showLog()];
    case 'badHubName':
    case 'hubNotFound':
    case 'hubAmbiguous':
    case 'hubAccess':
      return [chooseModel()];
    case 'licenceNotAccepted':
    case 'downloadRunning':
    case 'editImpossible':
    case 'badGrammar':
    case 'noDiff':
      return [];
  }
}

/** Trying again comes first; then the setting that removes the most likely cause. */
function downloadSteps(data: EngineErrorData & { kind: 'downloadFailed' }): readonly FailureAction[] {
  const again = action(l10n.t('Try Again'), 'youtu.model.download', data.id);
  switch (downloadProblem(data)) {
    case 'network':
      return [
        again,
        action(l10n.t('Proxy Settings'), 'workbench.action.openSettings', 'http.proxy'),
        chooseModel(),
      ];
    case 'source':
      return [again, openSettings('youtu.model.sources'), chooseModel()];
    case 'file':
      return [again, chooseModel(), showLog()];
  }
}

export const action = (
  title: string,
  command: FailureAction['command'],
  ...args: readonly unknown[]
): FailureAction => ({
  title,
  command,
  arguments: args,
});
export const openSettings = (query: string): FailureAction =>
  action(l10n.t('Open Settings'), 'workbench.action.openSettings', query);
export const restart = (): FailureAction => action(l10n.t('Restart Engine'), 'youtu.engine.restart');
export const showLog = (): FailureAction => action(l10n.t('Show Log'), 'youtu.engine.showLog');
export const downloadModel = (): FailureAction => action(l10n.t('Download Model'), 'youtu.model.download');
export const chooseModel = (): FailureAction => action(l10n.t('Choose Model'), 'youtu.model.select');
