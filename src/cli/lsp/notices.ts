import {
  MessageType,
  ResponseError,
  ShowMessageNotification,
  type Connection,
} from 'vscode-languageserver/node';
import { CATALOGUE } from '../../engine/catalogue/catalogue.js';
import { EngineError, type EngineErrorData } from '../../protocol/errors.js';
import { errorText } from '../errorText.js';
import { editSentence } from './editSentence.js';

/** Sentences for the person at the editor (`window/showMessage`). */
export class Notices {
  /** Said once: who has read it knows, and editors show each message for a while. */
  private isMissingModelTold = false;

  constructor(private readonly connection: Pick<Connection, 'sendNotification'>) {}

  info(message: string): void {
    this.show(MessageType.Info, message);
  }

  warn(message: string): void {
    this.show(MessageType.Warning, message);
  }

  /**
   * Tells why something that was asked for can't be done.
   * @returns the answer of the request: an error only where the person has been told before
   */
  failure(error: unknown): ResponseError<EngineErrorData> | null {
    const data = error instanceof EngineError ? error.data : undefined;
    const sentence = sentenceFor(error);
    if (isMissingModel(data)) {
      if (this.isMissingModelTold && error instanceof EngineError)
        return new ResponseError(error.code, sentence, data);
      this.isMissingModelTold = true;
    }
    // Nothing is broken where an edit can't be made.
    this.show(data?.kind === 'editImpossible' ? MessageType.Info : MessageType.Error, sentence);
    return null;
  }

  /** For ghost text that somebody asked for: only what that person can do something about, and once. */
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
  if (data.kind === 'editImpossible') return editSentence(data.reason);
  const starter = CATALOGUE.models.find(({ isStarter }) => isStarter);
  if (data.kind === 'noModel' && starter !== undefined)
    return `There is no model on this machine yet. Run "youtu model get ${starter.id}" in a terminal, then try again.`;
  return errorText(error);
}
