import { z } from 'zod';
import { isNotebookCell } from '../../language/notebookCell.js';
import type { CheckFile, CheckerProblem } from '../checker.js';
import type { CommandTool } from './commandChecker.js';
import { asSyntax, messagesIn, verdict } from './messageLines.js';

const LANGUAGES = ['python'];
/** A cell uses what other cells define. */
const programs = (names: readonly string[]) => (file: CheckFile) => (isNotebookCell(file.uri) ? [] : names);

/** Ruff's rules for errors, whatever the project has configured. */
export const RUFF: CommandTool = {
  name: 'ruff',
  languageIds: LANGUAGES,
  programs: programs(['ruff']),
  prepare: ({ file }) =>
    Promise.resolve({
      args: [
        ...['check', '--isolated', '--no-cache', '--no-fix', '--quiet', '--select', 'E9,F'],
        ...['--output-format', 'json', '--stdin-filename', 'checked.py', '-'],
      ],
      input: file.text,
    }),
  read: (output) => {
    const { data } = FINDINGS.safeParse(jsonOf(output.stdout));
    const problems = data?.map(problemOf);
    if (problems === undefined || output.code > 1) return undefined;
    return problems.some(({ isSyntax }) => isSyntax) ? problems.filter(({ isSyntax }) => isSyntax) : problems;
  },
};

const FINDINGS = z.array(
  z.object({
    code: z.string().nullable(),
    message: z.string(),
    location: z.object({ row: z.number().int(), column: z.number().int() }),
  }),
);

function problemOf({ code, message, location }: z.infer<typeof FINDINGS>[number]): CheckerProblem {
  const isSyntax = code === null || code === 'invalid-syntax' || code.startsWith('E9');
  return {
    line: Math.max(0, location.row - 1),
    column: Math.max(0, location.column - 1),
    message,
    // Unused imports and variables don't break anything.
    severity: isSyntax || /^F(?:[5-7]|82)/.test(code) ? 'error' : 'warning',
    ...(code === null ? {} : { code }),
    ...(isSyntax ? { isSyntax: true } : {}),
  };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // not Ruff's output
  }
}

export const PYFLAKES: CommandTool = {
  name: 'pyflakes',
  languageIds: LANGUAGES,
  programs: programs(['pyflakes', 'pyflakes3']),
  prepare: ({ file }) => Promise.resolve({ args: [], input: file.text }),
  read: (output) => {
    // What doesn't parse is on the standard error.
    const syntax = asSyntax(messagesIn(output.stderr, groupsOf('error')));
    if (syntax.length > 0) return output.code === 0 ? undefined : syntax;
    const problems = messagesIn(output.stdout, groupsOf(undefined));
    if (output.code === 1 && problems.length > 0) return problems;
    return verdict(output, problems, output.stdout.trim() === '' && output.stderr.trim() === '');
  },
};

const SERIOUS =
  /^undefined name|referenced before assignment|^'(?:return|yield|break|continue)'|outside|default except/;

function groupsOf(level: string | undefined): Parameters<typeof messagesIn>[1] {
  return (text) => {
    const {
      line,
      column,
      message = '',
    } = /^<stdin>:(?<line>\d+):(?:(?<column>\d+):?)? (?<message>.+)$/.exec(text)?.groups ?? {};
    if (line === undefined) return undefined;
    return { line, column, message, level: level ?? (SERIOUS.test(message) ? 'error' : 'warning') };
  };
}
