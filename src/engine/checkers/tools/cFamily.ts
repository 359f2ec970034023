import { basename, dirname } from 'node:path';
import { compileFlags } from './compileCommands.js';
import type { CommandTool } from './commandChecker.js';
import type { ToolEdit } from './toolFix.js';
import { ELSEWHERE, messagesIn, verdict } from './messageLines.js';

const COPY = 'checked.source';
const MESSAGE =
  /^(?<file>.+?):(?<line>\d+):(?:(?<column>\d+):)? (?<level>(?:fatal )?error|warning): (?<message>.*?)(?: \[(?<code>-W[^\]]+)\])?$/;

export const C_FAMILY: CommandTool = {
  name: 'c compiler',
  languageIds: ['c', 'cpp'],
  programs: ({ languageId }) => (languageId === 'c' ? ['gcc', 'clang', 'cc'] : ['g++', 'clang++', 'c++']),
  prepare: async ({ file: { languageId }, path, copy }) => ({
    args: [
      ...[
        '-fsyntax-only',
        '-ftabstop=1',
        '-fdiagnostics-parseable-fixits',
        '-x',
        languageId === 'c' ? 'c' : 'c++',
      ],
      ...(path === undefined ? [] : ['-iquote', dirname(path), ...(await compileFlags(path))]),
      await copy(COPY),
    ],
  }),
  read: (output) => {
    // A header that isn't found ends the compilation, and a limit on errors hides the others.
    if (/: fatal error: /.test(output.stderr)) return undefined;
    const problems = messagesIn(output.stderr, (text) => {
      const { file, line = '', column, level, message = '', code } = MESSAGE.exec(text)?.groups ?? {};
      if (file === undefined) return undefined;
      return basename(file) === COPY
        ? { line, column, level, message, code }
        : { line: ELSEWHERE, level, message: `${basename(file)}: ${message}`, code };
    });
    return verdict(output, problems, output.stderr.trim() === '');
  },
  readFixes: ({ stderr }, lines) => {
    const fixes: { readonly edits: ToolEdit[]; readonly unit: 'bytes' }[] = [];
    let own: ToolEdit[] | undefined;
    for (const text of stderr.split('\n')) {
      const { file, line, level } = MESSAGE.exec(text)?.groups ?? {};
      if (file !== undefined) {
        const isAsked =
          level?.endsWith('error') === true &&
          basename(file) === COPY &&
          Number(line) > lines.start &&
          Number(line) <= lines.end;
        own = isAsked ? [] : undefined;
        if (own !== undefined) fixes.push({ edits: own, unit: 'bytes' });
      }
      const edit = own && editIn(text);
      if (edit !== undefined) own?.push(edit);
    }
    return fixes.filter(({ edits }) => edits.length > 0);
  },
};

const EDIT =
  /^fix-it:"(?<file>(?:[^"\\]|\\.)*)":\{(?<line>\d+):(?<column>\d+)-(?<endLine>\d+):(?<endColumn>\d+)\}:"(?<newText>(?:[^"\\]|\\.)*)"$/;

function editIn(text: string): ToolEdit | undefined {
  const { file = '', newText = '', ...place } = EDIT.exec(text)?.groups ?? {};
  if (basename(file) !== COPY) return undefined;
  return {
    line: Number(place['line']),
    column: Number(place['column']),
    endLine: Number(place['endLine']),
    endColumn: Number(place['endColumn']),
    newText: newText.replace(/\\(.)/g, (_, escaped: string) => ESCAPED[escaped] ?? escaped),
  };
}

const ESCAPED: Readonly<Record<string, string>> = { n: '\n', t: '\t' };
