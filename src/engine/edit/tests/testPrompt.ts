import type { ChatMessage } from '../../../protocol/chat.js';
import { languageOf } from '../../language/languageOf.js';
import type { EditPrompt } from '../answerWriter.js';
import { fenceFor, type FailedAttempt } from '../fix/fixPrompt.js';
import { FRAMEWORK_NAMES, type FrameworkId } from './framework.js';

export interface TestQuestion {
  readonly languageId: string;
  readonly framework: FrameworkId;
  readonly subject: string;
  readonly code: readonly string[];
  /** What the answer begins with: imports, and the first words of the first test. */
  readonly start: string;
  /** Tests that were run and failed, with what the run said. */
  readonly ran?: FailedAttempt;
  /** An attempt that a check has rejected. */
  readonly failed?: FailedAttempt;
}

/** The answer begins with the file's fixed lines, so the model writes nothing but tests. */
export function testPrompt(question: TestQuestion): EditPrompt {
  const { languageId, framework, subject, code, start, ran, failed } = question;
  const text = code.join('\n');
  const fence = fenceFor([text, ran?.newText, failed?.newText].join('\n'));
  const block = (content: string): string => `${fence}${languageOf(languageId).fence}\n${content}\n${fence}`;
  const name = FRAMEWORK_NAMES[framework];
  const ask = [
    block(text),
    `Write unit tests for \`${subject}\` with ${name}: at most four short tests, for ordinary values and for edge cases. Each expected value must be what the code above returns for these arguments: follow the code step by step. Use nothing but this code and ${name}.`,
    'Reply with the test file and nothing else.',
  ].join('\n\n');
  const messages: ChatMessage[] = [{ role: 'user', content: ask }];
  if (ran !== undefined) messages.push(...again(ran, block, 'The tests were run. This failed:'));
  if (failed !== undefined) messages.push(...again(failed, block, 'That is not correct:'));
  return { messages, answerStart: `${fence}${languageOf(languageId).fence}\n${start}` };
}

function again(
  { newText, message = 'it is no test' }: FailedAttempt,
  block: (content: string) => string,
  said: string,
): readonly ChatMessage[] {
  return [
    { role: 'assistant', content: block(newText) },
    {
      role: 'user',
      content: `${said}\n\n${message}\n\nCorrect the tests so that they say what the code really does. Reply with the whole corrected test file and nothing else.`,
    },
  ];
}
