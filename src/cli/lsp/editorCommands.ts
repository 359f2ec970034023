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
import type { EditorCapabilities } from './editorCapabilities.js';
import { ExplainCommand } from './explainCommand.js';
import type { Notifications } from './notifications.js';
import { beginProgress } from './workDoneProgress.js';

type Answer = ResponseError<unknown> | null;

const INTENTS = {
  'youtu.fix': 'fix',
  'youtu.document': 'document',
  'youtu.edit': 'edit',
  'youtu.documentAll': 'documentAll',
} as const;

const TITLES: Readonly<Record<EditorCommand, string>> = {
  'youtu.fix': 'writing a fix',
  'youtu.document': 'writing documentation',
  'youtu.explain': 'explaining',
  'youtu.edit': 'editing',
  'youtu.documentAll': 'documenting all symbols',
};

/** Answers `workspace/executeCommand`: runs a command with cancellable progress and reports its failure. */
export class EditorCommands {
  private readonly edit: EditCommand;
  private readonly explain: ExplainCommand;

  constructor(
    private readonly parts: Pick<ServerParts, 'connection' | 'documents' | 'engine'>,
    private readonly client: EditorCapabilities,
    private readonly notifications: Notifications,
  ) {
    this.edit = new EditCommand(parts, client, notifications);
    this.explain = new ExplainCommand(parts, client, notifications);
  }

  /** Resolves at the end of the work, or after `commandWaitMs`: edits and messages bring the result. */
  async execute(params: ExecuteCommandParams, token: CancellationToken): Promise<Answer> {
    const { command } = params;
    if (!isEditorCommand(command)) return invalid(`unknown command ${command}`);
    const target = commandTarget(params.arguments);
    if (target === undefined) return invalid(`${command} takes [{ uri, range, diagnostics? }]`);
    const timer = new AbortController();
    const work = this.run(command, target, token);
    try {
      const wait = setTimeout(this.client.commandWaitMs, null, { signal: timer.signal });
      return await Promise.race([work, wait]);
    } finally {
      timer.abort();
    }
  }

  private async run(
    command: EditorCommand,
    target: CommandTarget,
    token: CancellationToken,
  ): Promise<Answer> {
    const asked = abortSignalOf(token);
    const progress = await beginProgress(this.parts.connection, TITLES[command], 'reading', true);
    // An edit for an outdated text is of no use.
    const changed = this.changeOf(target.uri, command !== 'youtu.explain');
    const signal = AbortSignal.any([asked, progress.signal, changed.signal]);
    try {
      if (command === 'youtu.explain') await this.explain.run(target, progress, signal);
      else await this.edit.run(INTENTS[command], target, progress, signal);
      return null;
    } catch (error) {
      if (asked.aborted) return new ResponseError(LSPErrorCodes.RequestCancelled, 'cancelled');
      if (progress.signal.aborted) return null;
      return this.notifications.failure(changed.signal.aborted ? impossible('documentChanged') : error);
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
    const check = (): void => {
      if (isWatched && documents.get(uri)?.version !== before) controller.abort();
    };
    const listeners = [documents.onDidChangeContent(check), documents.onDidClose(check)];
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
