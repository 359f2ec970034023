import type { CompletionOptions } from '../completionTypes.js';
import type { CursorContext } from '../cursor/cursorContext.js';
import { remainingAfter, typedBetween } from '../cursor/typedBetween.js';
import { confidentLength, type TokenProbability } from './confidence.js';

/** An answer with the text around its cursor takes up to 30 kB. */
const MAX_ANSWERS = 64;

export interface CachedCompletion {
  readonly cursor: CursorContext;
  /** The best first; none where there is nothing worth showing. */
  readonly texts: readonly string[];
  /** Characters of the line's indentation before the cursor that the texts replace. */
  readonly replaces: number;
  /** The probabilities of the first text's tokens; empty where they are not known. */
  readonly probabilities: readonly TokenProbability[];
  /** Whether it answers an explicit request: longer, and with several candidates. */
  readonly isInvoked: boolean;
  /** The request's line limit: one with another limit has an answer of its own. */
  readonly maxLines: number;
  /** The rule that dropped the text. */
  readonly droppedBy?: string | undefined;
}

export interface CacheHit extends Pick<CachedCompletion, 'texts' | 'replaces' | 'isInvoked' | 'droppedBy'> {
  /** Characters of the first text that the model is confident about. */
  readonly confident: number;
  readonly source: 'cached' | 'typedThrough';
  /** Brackets and quotes that the editor has inserted after the cursor since. */
  readonly closing: string;
  /** What was typed since the answer was made. */
  readonly typed: string;
}

/**
 * The answers of the last minutes. The same text finds its answer again (after Backspace, for example), and a text
 * reached by typing an answer finds the rest of it.
 */
export class CompletionCache {
  /** The newest last. */
  private readonly answers: CachedCompletion[] = [];

  /** Replaces an answer for the same cursor and limit. */
  add(answer: CachedCompletion): void {
    const same = this.answers.findIndex(
      ({ cursor, maxLines }) => maxLines === answer.maxLines && isSameText(cursor, answer.cursor),
    );
    if (same >= 0) this.answers.splice(same, 1);
    this.answers.push(answer);
    if (this.answers.length > MAX_ANSWERS) this.answers.shift();
  }

  /**
   * The answer for a cursor, or the rest of one for a cursor before it, if the user has typed what that says.
   * @param options.isInvoked looks only for answers to explicit requests
   */
  find(
    cursor: CursorContext,
    { isInvoked = false, maxLines }: Partial<CompletionOptions> & Pick<CompletionOptions, 'maxLines'>,
  ): CacheHit | undefined {
    let nothing: CacheHit | undefined;
    for (const answer of this.answers.toReversed()) {
      if (answer.maxLines !== maxLines || (isInvoked && !answer.isInvoked)) continue;
      const { texts, replaces, probabilities } = answer;
      const typed = typedBetween(answer.cursor, cursor);
      if (typed === undefined) continue;
      const isSame = typed.text === '' && typed.closing === '';
      if (!isSame && replaces > 0) continue;
      const rests = texts
        .flatMap((text) => remainingAfter(text, typed.text) ?? [])
        .filter((rest) => rest.trim() !== '');
      const [first = ''] = rests;
      const found: CacheHit = {
        texts: rests,
        replaces,
        isInvoked: answer.isInvoked,
        droppedBy: answer.droppedBy,
        confident: answer.isInvoked ? first.length : confidentLength(texts[0] ?? '', first, probabilities),
        source: isSame ? 'cached' : 'typedThrough',
        closing: typed.closing,
        typed: typed.text,
      };
      if (rests.length > 0) return found;
      if (isSame) nothing ??= found;
    }
    return nothing;
  }

  clear(): void {
    this.answers.length = 0;
  }
}

function isSameText(a: CursorContext, b: CursorContext): boolean {
  const typed = typedBetween(a, b);
  return typed?.text === '' && typed.closing === '';
}
