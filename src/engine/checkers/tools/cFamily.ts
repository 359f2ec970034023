import { basename, dirname } from 'node:path';
import { compileFlags } from './compileCommands.js';
import type { CommandTool } from './commandChecker.js';
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
      ...['-fsyntax-only', '-ftabstop=1', '-x', languageId === 'c' ? 'c' : 'c++'],
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
};
