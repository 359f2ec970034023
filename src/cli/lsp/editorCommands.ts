import { setTimeout } from 'node:timers/promises';
import {
  ErrorCodes,
  LSPErrorCodes,
  ResponseError,
  type CancellationToken,
  type ExecuteCommandParams,
} from 'vscode-languageserver/node';
import { abortSignalOf } from '../../engine/cancellation.js';
import { impossible } from '../../engine/edit/editTask.js';
import type { ServerParts } from '../../engine/lsp/clientAdapter.js';
import { commandTarget, isEditorCommand, type CommandTarget, type EditorCommand } from './commandTarget.js';
import { EditCommand } from './editCommand.js';
import type { EditorClient } from './editorClient.js';
import { editorProgress } from './editorProgress.js';
import { ExplainCommand } from './explainCommand.js';
import type { Notices } from './notices.js';

type Answer = ResponseError<unknown> | null;

const TITLES: Readonly<Record<EditorCommand, string>> = {
  'youtu.fix': 'writing a fix',
  'youtu.document': 'writing documentation',
  'youtu.explain': 'explaining',
};

/** Answers `workspace/executeCommand`: runs a command under progress that can be cancelled, and tells how it ended. */
export class EditorCommands {
  private readonly edit: EditCommand;
  private readonly explain: ExplainCommand;

  constructor(
    private readonly parts: Pick<ServerParts, 'connection' | 'documents' | 'engine'>,
    private readonly client: EditorClient,
    private readonly notices: Notices,
  ) {
    this.edit = new EditCommand(parts, client, notices);
    this.explain = new ExplainCommand(parts, client, notices);
  }

  /** The work's end, or after a while that it goes on: what it comes to is told by edits and messages. */
  async execute(params: ExecuteCommandParams, token: CancellationToken): Promise<Answer> {
    const { command } = params;
    if (!isEditorCommand(command)) return invalid(`there is no command ${command}`);
    const target = commandTarget(params.arguments);
    if (target === undefined) return invalid(`${command} takes [{ uri, range, diagnostics? }]`);
    const patience = new AbortController();
    const work = this.run(command, target, token);
    try {
      const wait = setTimeout(this.client.commandWait, null, { signal: patience.signal });
      return await Promise.race([work, wait]);
    } finally {
      patience.abort();
    }
  }

  private async run(
    command: EditorCommand,
    target: CommandTarget,
    token: CancellationToken,
  ): Promise<Answer> {
    const asked = abortSignalOf(token);
    const progress = await editorProgress(this.parts.connection, TITLES[command], 'reading', true);
    // What is written for a text that is not there any more is of no use to anybody.
    const changed = this.changeOf(target.uri, command !== 'youtu.explain');
    const signal = AbortSignal.any([asked, progress.signal, changed.signal]);
    try {
      if (command === 'youtu.explain') await this.explain.run(target, progress, signal);
      else await this.edit.run(command === 'youtu.fix' ? 'fix' : 'document', target, progress, signal);
      return null;
    } catch (error) {
      if (asked.aborted) return new ResponseError(LSPErrorCodes.RequestCancelled, 'cancelled');
      if (progress.signal.aborted) return null;
      return this.notices.failure(changed.signal.aborted ? impossible('documentChanged') : error);
    } finally {
      changed.dispose();
      progress.done();
    }
  }

  /** Aborted when the document is changed or closed. */
  private changeOf(uri: string, isWatched: boolean): { readonly signal: AbortSignal; dispose(): void } {
    const controller = new AbortController();
    const { documents } = this.parts;
    const before = documents.get(uri)?.version;
    const look = (): void => {
      if (isWatched && documents.get(uri)?.version !== before) controller.abort();
    };
    const listeners = [documents.onDidChangeContent(look), documents.onDidClose(look)];
    return {
      signal: controller.signal,
      dispose: () => {
        for (const listener of listeners) listener.dispose();
      },
    };
  }
}

function invalid(detail: string): ResponseError<unknown> {
  return new ResponseError(ErrorCodes.InvalidParams, detail);
}
