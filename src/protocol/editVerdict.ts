/** What checks say about new text. */

/** What is known about new text before it is offered. `by`: the names of the checks that read it. */
export type EditVerdict =
  /**
   * A check saw the problem before, and it is gone; no check sees a new one. `left`: what is said of other
   * errors on the same lines, which a check still sees.
   */
  | { readonly kind: 'verified'; readonly by: readonly string[]; readonly left?: readonly string[] }
  | { readonly kind: 'unverified'; readonly reason: UnverifiedReason; readonly by: readonly string[] };

/**
 * `noChecker`: nothing here can check this language. `notReproduced`: the checks object to nothing, but none of them
 * saw the problem before. `untrusted`: tools aren't started for a workspace that isn't trusted. `checkFailed`: a tool
 * that had read the old text gave no verdict on the new one, for example for want of time.
 */
export type UnverifiedReason = 'noChecker' | 'notReproduced' | 'untrusted' | 'checkFailed';

/** Why a check rejects new text. */
export interface EditObjection {
  readonly reason: EditDoubt;
  /** As the check says it, for example a compiler's message. */
  readonly message?: string;
}

/**
 * `shorter`: much of the code is gone. `unbalanced`: brackets or fences don't match. `unfinished`: the answer was cut
 * off. `commentOnly`: nothing but comments has changed. `indentation`: the code has moved out of its block. `syntax`:
 * the document has a syntax error that it should not have. `magic`: another line for the notebook. `unknownName`: it uses a name that nothing defines.
 * `problemStays`: what was to be fixed is still there. `newProblem`: there is a problem that wasn't there before. `noTest`:
 * it was to be a test, but tests nothing. `definitionGone`: it lacks a function, class or type that was to stay.
 */
export type EditDoubt =
  | 'shorter'
  | 'unbalanced'
  | 'unfinished'
  | 'commentOnly'
  | 'indentation'
  | 'magic'
  | 'syntax'
  | 'unknownName'
  | 'problemStays'
  | 'newProblem'
  | 'noTest'
  | 'definitionGone';
