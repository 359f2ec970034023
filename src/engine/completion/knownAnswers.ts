import type { Place } from './place.js';
import { restAfter } from './restAfter.js';
import { typedSince } from './typedSince.js';

/** A place with its texts takes up to 30 kB. */
const MOST_ANSWERS = 64;

export interface KnownAnswer {
  readonly place: Place;
  /** The best first; none where there is nothing worth showing. */
  readonly texts: readonly string[];
  /** Characters of the line's indentation before the cursor that the texts replace. */
  readonly replaces: number;
  /** Whether it was made at the user's explicit wish: longer, and with several candidates. */
  readonly isInvoked: boolean;
}

export interface FoundAnswer {
  readonly texts: readonly string[];
  readonly replaces: number;
  readonly source: 'cached' | 'typedThrough';
  readonly closing: string;
  /** What was typed since the answer was made. */
  readonly typed: string;
}

/**
 * The answers of the last minutes. The same state finds its answer again (backspace comes back to it), and a state
 * reached by typing what an answer says finds the rest of it.
 */
export class KnownAnswers {
  /** The newest last. */
  private readonly answers: KnownAnswer[] = [];

  add(answer: KnownAnswer): void {
    const same = this.answers.findIndex((known) => isSamePlace(known.place, answer.place));
    if (same >= 0) this.answers.splice(same, 1);
    this.answers.push(answer);
    if (this.answers.length > MOST_ANSWERS) this.answers.shift();
  }

  /** @param isInvoked looks only for what was made at an explicit wish */
  find(place: Place, isInvoked = false): FoundAnswer | undefined {
    let nothing: FoundAnswer | undefined;
    for (const { place: from, texts, replaces, isInvoked: wasInvoked } of this.answers.toReversed()) {
      if (isInvoked && !wasInvoked) continue;
      const typed = typedSince(from, place);
      if (typed === undefined) continue;
      const isSame = typed.text === '' && typed.closing === '';
      if (!isSame && replaces > 0) continue;
      const source = isSame ? 'cached' : 'typedThrough';
      const rests = texts
        .flatMap((text) => restAfter(text, typed.text) ?? [])
        .filter((rest) => rest.trim() !== '');
      const found = { texts: rests, replaces, source, closing: typed.closing, typed: typed.text } as const;
      if (rests.length > 0) return found;
      if (isSame) nothing ??= found;
    }
    return nothing;
  }

  /** Whether this very place has its answer, be it that there is none to show. */
  has(place: Place): boolean {
    return this.answers.some((known) => isSamePlace(known.place, place));
  }

  clear(): void {
    this.answers.length = 0;
  }
}

function isSamePlace(a: Place, b: Place): boolean {
  const typed = typedSince(a, b);
  return typed?.text === '' && typed.closing === '';
}
