import type { Check, Comparison, Proposal } from '../check/check.js';

/** Sees that new text is a test: it uses what is to be tested, and checks something. */
export class TestCheck implements Check {
  constructor(
    private readonly subject: string,
    private readonly assertion: RegExp,
    /** The lines that the model has written. */
    private readonly testsIn: (proposal: Proposal) => string,
  ) {}

  compare(proposal: Proposal): Promise<Comparison> {
    const tests = this.testsIn(proposal);
    const isTest = tests.includes(this.subject) && this.assertion.test(tests);
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
