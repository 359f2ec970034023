import type { ChatMessage } from '../../../protocol/chat.js';
import type { EditPrompt } from '../answerWriter.js';
import { languageOf } from '../../language/languageOf.js';

/** An error in the code that is shown. */
export interface Problem {
  /** Line in the code, from 0. */
  readonly line: number;
  readonly message: string;
}

export interface FixQuestion {
  readonly languageId: string;
  /** The lines to correct, without their common indentation. */
  readonly code: readonly string[];
  readonly problems: readonly Problem[];
}

/** A version that a check has rejected. */
export interface FailedAttempt {
  readonly newText: string;
  /** What the check says, as a compiler would. */
  readonly message?: string;
}

interface FixPromptOptions {
  readonly withExamples: boolean;
  readonly failed?: FailedAttempt;
}

/**
 * @param options.withExamples shows two solved cases first, which make a model of half a billion parameters return the whole
 * code with one change. As the stable beginning of the prompt they are evaluated only once.
 */
export function fixPrompt(question: FixQuestion, { withExamples, failed }: FixPromptOptions): EditPrompt {
  const texts = [...question.code, failed?.newText ?? ''];
  const fence = fenceFor(texts.join('\n'));
  const block = `${fence}${languageOf(question.languageId).fence}\n`;
  const messages: readonly ChatMessage[] = [
    ...(withExamples ? EXAMPLES : []),
    { role: 'user', content: ask(question, fence) },
    ...(failed === undefined ? [] : retry(failed, block, fence)),
  ];
  return { messages, answerStart: block };
}

/** A fence that no line of the code closes. */
export function fenceFor(code: string): string {
  const longest = Math.max(
    2,
    ...[...code.matchAll(/^[ \t]*(`{3,})/gm)].map(([, ticks = '']) => ticks.length),
  );
  return '`'.repeat(longest + 1);
}

/** As a further turn, so that the prompt before it stays evaluated. */
function retry({ newText, message }: FailedAttempt, block: string, fence: string): readonly ChatMessage[] {
  const reason = message === undefined ? 'That is not correct.' : `That is not correct: ${message}.`;
  return [
    { role: 'assistant', content: `${block}${newText}\n${fence}` },
    { role: 'user', content: `${reason} Reply with the whole corrected code and nothing else.` },
  ];
}

/** Without the code around it: models of any size fix less then, and rewrite that code instead. */
function ask({ languageId, code, problems }: FixQuestion, fence: string): string {
  const { name, fence: language } = languageOf(languageId);
  const errors = problems.map(
    ({ line, message }) => `Error in line ${line + 1}, \`${(code[line] ?? '').trim()}\`: ${message}`,
  );
  return [
    problems.length === 0
      ? `Find the mistake in this ${name} code and fix it.`
      : `Fix the error${problems.length === 1 ? '' : 's'} in this ${name} code.`,
    ...(errors.length === 0 ? [] : [errors.join('\n')]),
    `${fence}${language}\n${code.join('\n')}\n${fence}`,
    'Reply with the whole corrected code and nothing else.',
  ].join('\n\n');
}

function example(
  languageId: string,
  code: readonly string[],
  problem: Problem,
  fixed: string,
): readonly ChatMessage[] {
  const question = { languageId, code, problems: [problem] };
  const lines = code.map((text, line) => (line === problem.line ? fixed : text));
  return [
    { role: 'user', content: ask(question, '```') },
    { role: 'assistant', content: `\`\`\`${languageId}\n${lines.join('\n')}\n\`\`\`` },
  ];
}

const EXAMPLES: readonly ChatMessage[] = [
  ...example(
    'python',
    [
      'def greet(people):',
      '    for person in people:',
      '        print("Hello " + person.name',
      '    return len(people)',
    ],
    { line: 2, message: "'(' was never closed" },
    '        print("Hello " + person.name)',
  ),
  ...example(
    'java',
    [
      'int count(String text) {',
      '    int spaces = 0;',
      '    for (char c : text.toCharArray()) {',
      '        if (c == " ") spaces++;',
      '    }',
      '    return spaces;',
      '}',
    ],
    { line: 3, message: 'incomparable types: char and String' },
    "        if (c == ' ') spaces++;",
  ),
];
