import {
  MessageType,
  ResponseError,
  ShowMessageNotification,
  type Connection,
} from 'vscode-languageserver/node';
import { CATALOGUE } from '../../engine/catalogue/catalogue.js';
import { EngineError, type EngineErrorData } from '../../protocol/errors.js';
import { errorText } from '../errors.js';
import { impossibleText } from '../impossibleEdit.js';

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
  if (data.kind === 'editImpossible') return impossibleText(data, 'editor');
  const starter = CATALOGUE.models.find(({ isStarter }) => isStarter);
  if (data.kind === 'noModel' && starter !== undefined)
    return `There is no model on this machine yet. Run "youtu model get ${starter.id}" in a terminal, then try again.`;
  return errorText(error);
}
