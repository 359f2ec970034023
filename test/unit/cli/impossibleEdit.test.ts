import assert from 'node:assert/strict';
import { errorText } from '../../../src/cli/errors.js';
import { Notifications } from '../../../src/cli/lsp/notifications.js';
import { EngineError, EngineErrorCode, type EngineErrorData } from '../../../src/protocol/errors.js';

type Impossible = EngineErrorData & { readonly kind: 'editImpossible' };

const errorOf = (reason: Impossible['reason'], more: Partial<Impossible> = {}): EngineError =>
  new EngineError(EngineErrorCode.editImpossible, { kind: 'editImpossible', reason, ...more });

/** What an editor shows, without the product's name. */
function shown(error: EngineError): string {
  const messages: string[] = [];
  const sendNotification = (_type: unknown, { message }: { readonly message: string }): Promise<void> => {
    messages.push(message.replace('Youtu Code: ', ''));
    return Promise.resolve();
  };
  new Notifications({ sendNotification: sendNotification as never }).failure(error);
  return messages.join();
}

describe('an edit that is impossible', () => {
  it('is explained by the lines that the user names, and in an editor by the cursor', () => {
    assert.match(errorText(errorOf('emptyRegion')), /on these lines\. Name lines/);
    assert.match(shown(errorOf('emptyRegion')), /at the cursor\. Move the cursor/);
    assert.match(errorText(errorOf('regionTooLong')), /These lines.*Name fewer/);
    assert.match(shown(errorOf('regionTooLong')), /around the cursor.*Select a smaller/);
    assert.match(errorText(errorOf('noSymbol')), /on this line.*Name the line/);
    assert.match(errorText(errorOf('noComments')), /isn’t known how this language writes comments/);
  });

  it('is explained alike where the place doesn’t matter', () => {
    for (const reason of ['instructionTooLong', 'noTestFramework', 'allDocumented', 'noNames'] as const)
      assert.equal(errorText(errorOf(reason)), shown(errorOf(reason)));
  });

  it('names what the last check said', () => {
    const error = errorOf('noFix', { objection: { reason: 'unknownName', message: "'x' is not defined" } });
    for (const sentence of [errorText(error), shown(error)])
      assert.equal(
        sentence,
        "No version of the code passed the checks: in the last one, it used a name that nothing defines ('x' is not defined). Try again, or use a larger model.",
      );
    assert.equal(
      errorText(errorOf('noFix')),
      'No version of the code passed the checks. Try again, or use a larger model.',
    );
  });
});
