import {
  MessageType,
  ResponseError,
  ShowMessageNotification,
  type Connection,
} from 'vscode-languageserver/node';
import { CATALOGUE } from '../../engine/catalogue/catalogue.js';
import { ALL_DOCUMENTED, NO_TESTS, noFixText } from '../verdictText.js';
import { EngineError, type EngineErrorData } from '../../protocol/errors.js';
import { errorText } from '../errors.js';

/** Messages for the user of the editor (`window/showMessage`). */
export class Notifications {
  /** A missing model is reported once: editors show each message for a while. */
  private isMissingModelReported = false;

  constructor(private readonly connection: Pick<Connection, 'sendNotification'>) {}

  info(message: string): void {
    this.show(MessageType.Info, message);
  }

  warn(message: string): void {
    this.show(MessageType.Warning, message);
  }

  /**
   * Shows why a command failed.
   * @returns the answer to the request: an error only when the user has seen the message before
   */
  failure(error: unknown): ResponseError<EngineErrorData> | null {
    const data = error instanceof EngineError ? error.data : undefined;
    const sentence = sentenceFor(error);
    if (isMissingModel(data)) {
      if (this.isMissingModelReported && error instanceof EngineError)
        return new ResponseError(error.code, sentence, data);
      this.isMissingModelReported = true;
    }
    // An impossible edit is no fault.
    this.show(data?.kind === 'editImpossible' ? MessageType.Info : MessageType.Error, sentence);
    return null;
  }

  /** For ghost text that the user has triggered: reports only a missing model, once. */
  missingModel(error: unknown): void {
    if (error instanceof EngineError && isMissingModel(error.data)) this.failure(error);
  }

  private show(type: MessageType, message: string): void {
    void this.connection.sendNotification(ShowMessageNotification.type, {
      type,
      message: `Youtu Code: ${message}`,
    });
  }
}

function isMissingModel(data: EngineErrorData | undefined): boolean {
  return data?.kind === 'noModel' || data?.kind === 'modelNotInstalled';
}

function sentenceFor(error: unknown): string {
  if (!(error instanceof EngineError)) return `Something went wrong: ${errorText(error)}`;
  const { data } = error;
  if (data.kind === 'editImpossible') return editSentence(data);
  const starter = CATALOGUE.models.find(({ isStarter }) => isStarter);
  if (data.kind === 'noModel' && starter !== undefined)
    return `There is no model on this machine yet. Run "youtu model get ${starter.id}" in a terminal, then try again.`;
  return errorText(error);
}

/** Why an edit is impossible, and what to do. */
function editSentence(data: EngineErrorData & { kind: 'editImpossible' }): string {
  switch (data.reason) {
    case 'noDocument':
      return 'The server doesn’t have this document open; it may be too large. Reopen it, or try a smaller one.';
    case 'documentChanged':
      return 'The text changed while the model was writing, so nothing was replaced. Try again.';
    case 'emptyRegion':
      return 'There is no code at the cursor. Move the cursor to code, or select some.';
    case 'regionTooLong':
      return 'The code around the cursor is too long for the model. Select a smaller part.';
    case 'noSymbol':
      return 'There is no function, class or variable at the cursor to document.';
    case 'noComments':
      return 'Nothing was written, because it isn’t known how this language writes comments. Set the file’s language if it is another one.';
    case 'allDocumented':
      return ALL_DOCUMENTED;
    case 'noTestable':
    case 'notReachable':
    case 'noTestFramework':
    case 'testFileOutside':
    case 'testFileUnreadable':
      return NO_TESTS[data.reason];
    case 'noChange':
      return 'The model found nothing to change here.';
    case 'noInstruction':
      return 'Say what is to be done: the command youtu.edit needs an instruction.';
    case 'instructionTooLong':
      return 'The instruction is too long for the model. Use a shorter one.';
    case 'noName':
      return 'There is no name at the cursor. Put the cursor on one.';
    case 'noNames':
      return 'The model found no other name that is free here. Try again, or use a larger model.';
    case 'noFix':
      return noFixText(data);
  }
}
