import type { LineSpan } from '../../language/lines.js';
import { definitionsIn, type Definition } from '../../syntax/definitions.js';
import type { Check, CheckedDocument, Comparison, Proposal } from '../check/check.js';
import type { SyntaxReader } from '../check/syntaxCheck.js';
import { mayRemove } from './removalWords.js';

/** A proposal that lacks definitions, which the instruction doesn't speak of. */
export interface LossyProposal {
  readonly proposal: Proposal;
  /** Their names. */
  readonly gone: readonly string[];
}

/** Sees that what the lines define is still there, unless the instruction says that it goes. */
export class DefinitionsKept implements Check {
  private before: Promise<readonly Definition[] | undefined> | undefined;
  private first: LossyProposal | undefined;

  constructor(
    private readonly syntax: SyntaxReader,
    private readonly document: CheckedDocument,
    /** The text that is parsed: a notebook cell without its magics. */
    private readonly read: (text: string) => string,
    /** All that the user has said about these lines. */
    private readonly instruction: string,
  ) {}

  /** The first proposal that was rejected. */
  get lossy(): LossyProposal | undefined {
    return this.first;
  }

  async compare(proposal: Proposal, signal: AbortSignal): Promise<Comparison | undefined> {
    const { text, target } = this.document;
    const before = await (this.before ??= this.definitions(text, signal));
    const own = before?.filter(({ line }) => isIn(target, line)) ?? [];
    if (own.length === 0) return undefined;
    const after = await this.definitions(proposal.document, signal);
    if (after === undefined) return undefined;
    const left = after.map(({ name }) => spelling(name));
    const others = (before ?? []).filter(({ line }) => !isIn(target, line)).map(({ name }) => spelling(name));
    for (const name of others) take(left, name);
    const gone = own
      .map(({ name }) => name)
      .filter((name) => !take(left, spelling(name)))
      .filter((name) => !isAssigned(name, proposal.newText) && !mayRemove(name, this.instruction));
    if (gone.length === 0) return undefined;
    this.first ??= { proposal, gone };
    const names = gone.map((name) => `\`${name}\``).join(', ');
    const message = `${names} must stay, but ${gone.length === 1 ? 'is' : 'are'} missing: write all of the code`;
    return { by: [], isProblemGone: false, objection: { reason: 'definitionGone', message } };
  }

  private definitions(text: string, signal: AbortSignal): Promise<readonly Definition[] | undefined> {
    return this.syntax.read(this.document.languageId, this.read(text), definitionsIn, signal);
  }
}

const isIn = ({ start, end }: LineSpan, line: number): boolean => line >= start && line < end;
/** A definition may change between `make_counter`, `makeCounter` and `MakeCounter`. */
const spelling = (name: string): string => name.replaceAll('_', '').toLowerCase();

/** Takes one of several equal names: overloads and methods of different classes. */
function take(names: string[], name: string): boolean {
  const at = names.indexOf(name);
  if (at >= 0) names.splice(at, 1);
  return at >= 0;
}

/** A value that isn't written as a function, such as `mean = cached(…)`. */
function isAssigned(name: string, text: string): boolean {
  const escaped = name.replaceAll('$', String.raw`\$`);
  return new RegExp(`(?<![\\w$.])${escaped}\\s*(?::[^=\\n]*)?=(?!=)`).test(text);
}
