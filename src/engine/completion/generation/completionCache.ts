import type { CursorContext } from '../cursor/cursorContext.js';
import { remainingAfter } from '../cursor/remainingAfter.js';
import { confidentLength, type TokenProbability } from './confidence.js';
import { typedBetween } from '../cursor/typedBetween.js';

/** A place with its texts takes up to 30 kB. */
const MAX_ANSWERS = 64;

export interface CachedCompletion {
  readonly place: CursorContext;
  /** The best first; none where there is nothing worth showing. */
  readonly texts: readonly string[];
  /** Characters of the line's indentation before the cursor that the texts replace. */
  readonly replaces: number;
  /** How sure the model was of the first text. */
  readonly marks: readonly TokenProbability[];
  /** Whether it was made at the user's explicit wish: longer, and with several candidates. */
  readonly isInvoked: boolean;
  /** The request's line limit: one with another limit makes an answer of its own. */
  readonly maxLines: number;
}

export interface CacheHit {
  readonly texts: readonly string[];
  /** Characters of the first text that are worth showing. */
  readonly sure: number;
  readonly replaces: number;
  readonly source: 'cached' | 'typedThrough';
  readonly isInvoked: boolean;
  readonly closing: string;
  /** What was typed since the answer was made. */
  readonly typed: string;
}

/**
 * The answers of the last minutes. The same state finds its answer again (backspace comes back to it), and a state
 * reached by typing what an answer says finds the rest of it.
 */
export class CompletionCache {
  /** The newest last. */
  private readonly answers: CachedCompletion[] = [];

  /** Candidates made at an explicit wish come one after the other and are kept together. */
  add(answer: CachedCompletion): void {
    const same = this.answers.findIndex(
      ({ place, maxLines }) => maxLines === answer.maxLines && isSamePlace(place, answer.place),
    );
    const [old] = same >= 0 ? this.answers.splice(same, 1) : [];
    this.answers.push(old?.isInvoked === true && answer.isInvoked ? withCandidates(old, answer) : answer);
    if (this.answers.length > MAX_ANSWERS) this.answers.shift();
  }

  /** Puts the candidates of a place in another order. */
  reorder(place: CursorContext, texts: readonly string[]): void {
    const at = this.answers.findIndex((known) => isSamePlace(known.place, place));
    const known = this.answers[at];
    if (known !== undefined) this.answers[at] = { ...known, texts, marks: [] };
  }

  /**
   * What is known for a place, or for one before it from which the user has typed what was answered.
   * @param options.isInvoked looks only for what was made at an explicit wish
   */
  find(
    place: CursorContext,
    { isInvoked = false, maxLines }: { readonly isInvoked?: boolean; readonly maxLines: number },
  ): CacheHit | undefined {
    let nothing: CacheHit | undefined;
    for (const answer of this.answers.toReversed()) {
      const { place: from, texts, replaces, marks, isInvoked: wasInvoked } = answer;
      if (answer.maxLines !== maxLines || (isInvoked && !wasInvoked)) continue;
      const typed = typedBetween(from, place);
      if (typed === undefined) continue;
      const isSame = typed.text === '' && typed.closing === '';
      if (!isSame && replaces > 0) continue;
      const source = isSame ? 'cached' : 'typedThrough';
      const rests = texts
        .flatMap((text) => remainingAfter(text, typed.text) ?? [])
        .filter((rest) => rest.trim() !== '');
      const { text, closing } = typed;
      const [first = ''] = rests;
      const sure = wasInvoked ? first.length : confidentLength(texts[0] ?? '', first, marks);
      const found = {
        texts: rests,
        sure,
        replaces,
        source,
        isInvoked: wasInvoked,
        closing,
        typed: text,
      } as const;
      if (rests.length > 0) return found;
      if (isSame) nothing ??= found;
    }
    return nothing;
  }

  clear(): void {
    this.answers.length = 0;
  }
}

function withCandidates(old: CachedCompletion, added: CachedCompletion): CachedCompletion {
  // What replaces another part of the line can't be shown beside it.
  if (old.replaces !== added.replaces) return old.texts.length > 0 ? old : added;
  return { ...old, texts: [...new Set([...old.texts, ...added.texts])] };
}

function isSamePlace(a: CursorContext, b: CursorContext): boolean {
  const typed = typedBetween(a, b);
  return typed?.text === '' && typed.closing === '';
}
