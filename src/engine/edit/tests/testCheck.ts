import { codeOnly } from '../../language/codeOnly.js';
import { languageOf } from '../../language/languageOf.js';
import type { Check, Comparison, Proposal } from '../check/check.js';
import { hasWord } from './assemble.js';

/** Sees that new text is a test: it uses what is to be tested, and checks something. */
export class TestCheck implements Check {
  constructor(
    private readonly languageId: string,
    private readonly subject: string,
    private readonly assertion: RegExp,
    /** The lines that the model has written. */
    private readonly testsIn: (proposal: Proposal) => string,
  ) {}

  compare(proposal: Proposal): Promise<Comparison> {
    // What a test is called says nothing about what it calls.
    const tests = codeOnly(this.testsIn(proposal), languageOf(this.languageId));
    const isTest = hasWord(tests, this.subject) && this.assertion.test(tests);
    const none = { by: [], isProblemGone: false };
    return Promise.resolve(
      isTest
        ? none
        : {
            ...none,
            objection: {
              reason: 'noTest',
              message: `the tests don't call ${this.subject} and check what it does`,
            },
          },
    );
  }
}
