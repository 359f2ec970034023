import type { EditDoubt } from '../../../protocol/editVerdict.js';
import { codeOnly } from '../../language/codeOnly.js';
import { unbalancedBrackets } from '../../language/brackets.js';
import { indentOf, isBlank } from '../../language/lines.js';
import { languageOf } from '../../language/languageOf.js';
import type { Check, CheckedDocument, Comparison, Proposal } from './check.js';

/** New text with a smaller share of the old one has probably lost code. */
const MIN_LENGTH_RATIO = 0.6;
/** Characters without blanks. A shorter region may lose more than that: a line too many is deleted. */
const MIN_CHARACTERS_TO_COMPARE = 120;
/** A fix seldom takes as many lines away without others in their place. */
const MAX_LOST_LINES = 3;

/** Looks at the text alone: its end, its length, its brackets, its comments. It proves nothing. */
export class ShapeCheck implements Check {
  /**
   * @param isRewrite the text may become shorter, or another one: only its end and its brackets are looked at
   * @param magicsOf the lines in a text that are for a notebook: a fix keeps them
   */
  constructor(
    private readonly document: Omit<CheckedDocument, 'target'>,
    private readonly isRewrite = false,
    private readonly magicsOf: (text: string) => readonly string[] = () => [],
  ) {}

  compare(proposal: Proposal): Promise<Comparison | undefined> {
    const reason = this.hasOtherMagics(proposal)
      ? 'magic'
      : shapeDoubt(this.document, proposal, this.isRewrite);
    return Promise.resolve(reason && { by: [], isProblemGone: false, objection: { reason } });
  }

  private hasOtherMagics({ document }: Proposal): boolean {
    const [old, now] = [this.magicsOf(this.document.text), this.magicsOf(document)];
    return old.length !== now.length || old.some((line, i) => line !== now[i]);
  }
}

function shapeDoubt(
  document: Omit<CheckedDocument, 'target'>,
  proposal: Proposal,
  isRewrite: boolean,
): EditDoubt | undefined {
  const { languageId, messages } = document;
  const { oldText, newText, isFinished } = proposal;
  if (!isFinished) return 'unfinished';
  if (isRewrite)
    return hasNewFence(languageId, proposal) || areBracketsWorse(document, proposal)
      ? 'unbalanced'
      : undefined;
  if (isShorter(oldText, newText)) return 'shorter';
  if (fenceCount(newText) !== fenceCount(oldText)) return 'unbalanced';
  if (areBracketsWorse(document, proposal)) return 'unbalanced';
  if (!languageOf(languageId).isProse && code(newText, languageId) === code(oldText, languageId))
    return 'commentOnly';
  if (messages.some((message) => /indent/i.test(message))) return undefined;
  return hasMoved(oldText, newText) ? 'indentation' : undefined;
}

/** A fence in code is a rest of the answer's own; prose may get more of them, in pairs. */
function hasNewFence(languageId: string, { oldText, newText }: Proposal): boolean {
  const added = fenceCount(newText) - fenceCount(oldText);
  return languageOf(languageId).isProse ? added % 2 !== 0 : added > 0;
}

/** A region may hold only one bracket of a pair: then the whole document tells. */
function areBracketsWorse(
  { languageId, text }: Omit<CheckedDocument, 'target'>,
  { oldText, newText, document }: Proposal,
): boolean {
  const left = unbalancedBrackets(newText, languageId);
  if (left === '' || left === unbalancedBrackets(oldText, languageId)) return false;
  return unbalancedBrackets(document, languageId).length >= unbalancedBrackets(text, languageId).length;
}

function isShorter(oldText: string, newText: string): boolean {
  const before = characterCount(oldText);
  if (before > MIN_CHARACTERS_TO_COMPARE && characterCount(newText) < before * MIN_LENGTH_RATIO) return true;
  const [old, now] = [codeLines(oldText), codeLines(newText)];
  const lost = old.length - now.length;
  if (lost >= MAX_LOST_LINES) return true;
  // The end is missing: what was broken is gone with it.
  return (
    lost > 0 &&
    now.every((line, i) => line === old[i]) &&
    old.slice(now.length).some((line) => /\w/.test(line) && !now.includes(line))
  );
}

const codeLines = (text: string): string[] => text.split(/\r\n|\n|\r/).filter((line) => !isBlank(line));
const fenceCount = (text: string): number => text.match(/^[ \t]*(?:`{3,}|~{3,})/gm)?.length ?? 0;
const characterCount = (text: string): number => text.replace(/\s/g, '').length;

/** Two texts with the same one differ in comments only. Blanks count: they may be what was wrong. */
function code(text: string, languageId: string): string {
  return codeOnly(text, languageOf(languageId), 'comments')
    .split(/\r\n|\n|\r/)
    .map((line) => line.trimEnd())
    .filter((line) => line !== '')
    .join('\n');
}

/** Whether nothing but the indentation of all lines has changed: the code would leave its block. */
function hasMoved(oldText: string, newText: string): boolean {
  const [old, now] = [codeLines(oldText), codeLines(newText)];
  if (old.length !== now.length || old.length < 2) return false;
  return old.every((line, i) => {
    const other = now[i] ?? '';
    return indentOf(line) !== indentOf(other) && line.trim() === other.trim();
  });
}
