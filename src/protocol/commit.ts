import { RequestType } from 'vscode-jsonrpc';
import type { EngineErrorData } from './errors.js';

export interface CommitMessageParams {
  /** A unified diff of what is to be committed, as `git diff --staged` prints it. It may be cut off at the end. */
  readonly diff: string;
  /** Subjects of earlier commits, the newest first: the style to write in. */
  readonly subjects: readonly string[];
  /** The branch's name: where the subjects begin with a ticket's id, it is taken from here. */
  readonly branch?: string;
}

export interface CommitMessageResult {
  /** One line. */
  readonly message: string;
  /** `facts`: code can say all that is to be said. `fallback`: no answer of the model passed the checks. */
  readonly origin: 'model' | 'facts' | 'fallback';
  /** How many files the diff has. */
  readonly files: number;
  /** Id of the model that wrote the message. */
  readonly model?: string;
}

export const CommitMessageRequest = new RequestType<
  CommitMessageParams,
  CommitMessageResult,
  EngineErrorData
>('youtu/commitMessage');
