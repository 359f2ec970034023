import type { LineSpan } from '../../language/lines.js';
import type { UnboundName } from '../../syntax/names/unboundNames.js';
import type { Check, CheckedDocument, Comparison, Proposal } from './check.js';
import type { SyntaxReader } from './syntaxCheck.js';

const BY = ['names'];
/** How interpreters, compilers and language servers report a name that they don't know. */
const UNKNOWN =
  /not defined|undefined|undeclared|unresolved|unbound|unknown|unexpected|cannot find|can't find|could not find|not found|未定义|找不到/i;

/** Looks for names that nothing defines: Python, JavaScript and TypeScript. */
export class NameCheck implements Check {
  private before: Promise<readonly UnboundName[] | undefined> | undefined;

  constructor(
    private readonly syntax: SyntaxReader,
    private readonly document: CheckedDocument,
    private readonly read: (text: string) => string = (text) => text,
    /** Words that the user has said: the new text may use them. */
    private readonly said = '',
  ) {}

  /** The names in the document that nothing defines; `undefined` where that can't be told. */
  unbound(signal: AbortSignal): Promise<readonly UnboundName[] | undefined> {
    this.before ??= this.namesIn(this.document.text, signal);
    return this.before;
  }

  async compare(proposal: Proposal, signal: AbortSignal): Promise<Comparison | undefined> {
    const before = await this.unbound(signal);
    const after = before && (await this.namesIn(proposal.document, signal));
    if (before === undefined || after === undefined) return undefined;
    const { text, target } = this.document;
    // Where the text had a syntax error, a name that it read may have counted as bound: it isn't new.
    const words = wordsOf(`${text}\n${this.said}`);
    const invented = after.find(({ name }) => !words.has(name));
    if (invented !== undefined)
      return {
        by: BY,
        isProblemGone: false,
        objection: { reason: 'unknownName', message: `'${invented.name}' is not defined` },
      };
    const wanted = before.filter(({ name, line }) => isIn(target, line) && this.isReported(name));
    const left = wanted.find(({ name }) => countOf(after, name) >= countOf(before, name));
    if (left !== undefined)
      return {
        by: BY,
        isProblemGone: false,
        objection: { reason: 'problemStays', message: `'${left.name}' is not defined` },
      };
    return { by: BY, isProblemGone: wanted.length > 0 };
  }

  private isReported(name: string): boolean {
    return this.document.messages.some((message) => UNKNOWN.test(message) && wordsOf(message).has(name));
  }

  private async namesIn(text: string, signal: AbortSignal): Promise<readonly UnboundName[] | undefined> {
    const { languageId } = this.document;
    // Lists of a hundred kilobytes that most sessions don't need.
    const { unboundNames } = await import('../../syntax/names/unboundNames.js');
    return this.syntax.read(languageId, this.read(text), (tree) => unboundNames(tree, languageId), signal);
  }
}

const isIn = ({ start, end }: LineSpan, line: number): boolean => line >= start && line < end;
const countOf = (names: readonly UnboundName[], name: string): number =>
  names.filter((each) => each.name === name).length;
const wordsOf = (text: string): ReadonlySet<string> => new Set(text.match(/[\p{L}\p{N}_$]+/gu));
