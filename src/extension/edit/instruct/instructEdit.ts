import { basename } from 'node:path';
import * as vscode from 'vscode';
import type { EditTurn } from '../../../protocol/edit.js';
import type { EngineClient, EngineFailure } from '../../engine/engineClient.js';
import { explain } from '../../failureText.js';
import { guard, runOwnCommand } from '../../guard.js';
import { isImpossible } from '../editOffer.js';
import type { EditPreview } from '../editPreview.js';
import { writeIntoPreview } from '../editRequest.js';
import type { EditReview, MadeEdit, WriteEdit } from '../editReview.js';
import { isTargetArgument, writableTarget, type EditTarget } from '../editTarget.js';
import { enclosingSymbol } from '../enclosingSymbol.js';
import { PREVIEW_SCHEME } from '../previewContent.js';
import { editResultText } from '../verdictText.js';
import type { InstructionInput } from './instructionInput.js';

/** What a further instruction continues. */
interface LastEdit {
  readonly preview: EditPreview;
  readonly turns: readonly EditTurn[];
}

/** Edits as a sentence says, and refines them by further sentences. */
export class InstructEdit {
  private last: LastEdit | undefined;

  constructor(
    private readonly engine: EngineClient,
    private readonly review: EditReview,
    private readonly log: vscode.LogOutputChannel,
    private readonly input: InstructionInput,
  ) {}

  /** @param argument a code action's target, perhaps with an `instruction`, which a key binding may have alone */
  async edit(argument: unknown): Promise<void> {
    if (vscode.window.activeTextEditor?.document.uri.scheme === PREVIEW_SCHEME) return this.refine(argument);
    const target = await placeOf(argument);
    if (target === undefined) return;
    const instruction = instructionIn(argument) ?? (await this.input.ask(titleFor(target)));
    if (instruction !== undefined) await this.make(target, instruction);
  }

  /** Changes the edit whose preview is open, and which is ready. */
  async refine(argument: unknown): Promise<void> {
    const { last } = this;
    if (last === undefined || this.review.ready !== last.preview) return;
    const title = vscode.l10n.t('Refine the new version');
    const instruction = instructionIn(argument) ?? (await this.input.ask(title));
    if (instruction !== undefined) await this.makeAgain(last, instruction);
  }

  private async make(target: EditTarget, instruction: string): Promise<void> {
    const { document } = target;
    const titles = {
      preview: vscode.l10n.t('Edit: {0}', basename(document.uri.path)),
      progress: vscode.l10n.t('Edit'),
    };
    await this.orTell(
      instruction,
      () => this.review.make(document, titles, this.writing(target, instruction, [])),
      (changed) => this.make(target, changed),
    );
  }

  private async makeAgain({ preview, turns }: LastEdit, instruction: string): Promise<void> {
    const { range, newText, document } = preview;
    if (this.review.ready !== preview || newText === undefined) return;
    if (range === undefined) {
      void vscode.window.showWarningMessage(
        vscode.l10n.t(
          'The code has changed, so the new version can’t be refined. It is still in the preview.',
        ),
      );
      return;
    }
    const target: EditTarget = { document, range, isSelection: true, diagnostics: [] };
    // Some of its changes may have been left out.
    const [...history] = turns;
    const turn = history.pop();
    if (turn !== undefined) history.push({ ...turn, newText });
    await this.orTell(
      instruction,
      () => this.review.refine(vscode.l10n.t('Edit'), this.writing(target, instruction, history)),
      (changed) => this.refine({ instruction: changed }),
    );
  }

  private writing(target: EditTarget, instruction: string, history: readonly EditTurn[]): WriteEdit {
    return async (preview, say): Promise<MadeEdit> => {
      const { document, range, isSelection } = target;
      const symbol = isSelection ? undefined : await enclosingSymbol(document, range, 'edit');
      const input = { intent: 'edit', target, symbol, quickFixes: [], instruction, history } as const;
      const result = await writeIntoPreview(this.engine, input, preview, say);
      const { newText, newProblems = [] } = result;
      this.last = { preview, turns: [...history, { instruction, newText }] };
      return {
        newText,
        ...editResultText(result),
        asked: [],
        isRefinable: true,
        isWatched: true,
        problems: newProblems,
      };
    };
  }

  private async orTell(
    instruction: string,
    work: () => Promise<void>,
    again: (instruction: string) => Promise<void>,
  ): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!isImpossible(error)) throw error;
      // Not awaited: the command is done, the message stays as long as the user likes.
      void guard(this.log, () => this.tell(error, instruction, again));
    }
  }

  /** Nothing is broken: there is just nothing to show. The sentence isn't lost. */
  private async tell(
    error: EngineFailure,
    instruction: string,
    again: (instruction: string) => Promise<void>,
  ): Promise<void> {
    const change = vscode.l10n.t('Change the Instruction');
    const larger = vscode.l10n.t('Choose a Larger Model');
    const answer = await vscode.window.showInformationMessage(explain(error).message, change, larger);
    if (answer === larger) await runOwnCommand('youtu.model.select');
    if (answer !== change) return;
    const changed = await this.input.ask(vscode.l10n.t('Change the Instruction'), instruction);
    if (changed !== undefined) await again(changed);
  }
}

/** The selection or the cursor: a diagnostic near it is not what the user points at. */
async function placeOf(argument: unknown): Promise<EditTarget | undefined> {
  const given = isTargetArgument(argument) ? argument : undefined;
  const target = await writableTarget(given);
  const selection = vscode.window.activeTextEditor?.selection;
  if (target === undefined || given !== undefined || selection === undefined) return target;
  return { ...target, range: selection, diagnostics: [] };
}

function titleFor({ document, range: { start, end }, isSelection }: EditTarget): string {
  // A selection that ends before a line's first character doesn't include the line.
  const last = end.character === 0 && end.line > start.line ? end.line : end.line + 1;
  if (isSelection) return vscode.l10n.t('Edit lines {0} to {1}', start.line + 1, last);
  return document.lineAt(start.line).isEmptyOrWhitespace
    ? vscode.l10n.t('Write new code at the cursor')
    : vscode.l10n.t('Edit the code at the cursor');
}

function instructionIn(argument: unknown): string | undefined {
  const { instruction } = (argument ?? {}) as { readonly instruction?: unknown };
  return typeof instruction === 'string' && instruction.trim() !== '' ? instruction : undefined;
}
