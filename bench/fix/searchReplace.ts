// Fixes as pairs of old and new lines, as some agents ask for them.
import type { EditPrompt } from '../../src/engine/edit/answerWriter.js';
import type { FixQuestion } from '../../src/engine/edit/fix/fixPrompt.js';
import { indentOf } from '../../src/engine/language/lines.js';
import { languageOf } from '../../src/engine/language/languageOf.js';

const EXAMPLE: FixQuestion = {
  languageId: 'python',
  code: [
    'def greet(people):',
    '    for person in people:',
    '        print("Hello " + person.name',
    '    return len(people)',
  ],
  problems: [{ line: 2, message: "'(' was never closed" }],
};
const SOLVED = block('        print("Hello " + person.name', '        print("Hello " + person.name)');
const START = '<<<<<<< SEARCH\n';

/** A solved example, then the question. */
export function searchReplacePrompt(question: FixQuestion): EditPrompt {
  return {
    messages: [
      { role: 'user', content: ask(EXAMPLE) },
      { role: 'assistant', content: SOLVED },
      { role: 'user', content: ask(question) },
    ],
    answerStart: START,
  };
}

/** @returns the new lines; `undefined` when the answer has not the form, or its old lines aren't there */
export function replaced(code: readonly string[], answer: string): string[] | undefined {
  const parts = /<{3,} SEARCH\n([^]*?)\n?={3,}\n([^]*?)\n?(?:>{3,}|$)/.exec(answer);
  const [, searched = '', written = ''] = parts ?? [];
  const old = searched.split('\n');
  if (parts === null || searched.trim() === '') return undefined;
  const at = code.findIndex((_, start) => old.every((line, i) => line.trim() === code[start + i]?.trim()));
  if (at < 0) return undefined;
  const surplus = indentOf(code[at] ?? '').slice(indentOf(old[0] ?? '').length);
  const lines = written === '' ? [] : written.split('\n').map((line) => surplus + line);
  return [...code.slice(0, at), ...lines, ...code.slice(at + old.length)];
}

function ask({ languageId, code, problems }: FixQuestion): string {
  const { name, fence } = languageOf(languageId);
  const errors = problems.map(
    ({ line, message }) => `Error in line ${line + 1}, \`${(code[line] ?? '').trim()}\`: ${message}`,
  );
  return [
    `Fix the error in this ${name} code.`,
    errors.join('\n'),
    `\`\`\`${fence}\n${code.join('\n')}\n\`\`\``,
    'Reply with only the lines that change: the old ones after SEARCH, the new ones after =======.',
  ].join('\n\n');
}

function block(old: string, now: string): string {
  return `<<<<<<< SEARCH\n${old}\n=======\n${now}\n>>>>>>> REPLACE`;
}
