/** Parsers of scripting languages. All of them read a text without running it, and stop at its first error. */
import { basename, extname } from 'node:path';
import type { CheckFile } from '../checker.js';
import type { CheckJob, CommandTool } from './commandChecker.js';
import { asSyntax, messagesIn, verdict } from './messageLines.js';

export const RUBY: CommandTool = {
  name: 'ruby',
  languageIds: ['ruby'],
  programs: () => ['ruby'],
  prepare: ({ file }) =>
    Promise.resolve({ args: ['--disable=gems', '--disable=rubyopt', '-c', '-'], input: file.text }),
  read: (output) => {
    const problems = messagesIn(output.stderr, rubyMessages());
    return verdict(output, asSyntax(problems), output.stdout.trim() === 'Syntax OK');
  },
};

/** Until 3.3 a message is one line; since 3.4 it is a picture of the text, with messages below its lines. */
function rubyMessages(): Parameters<typeof messagesIn>[1] {
  let shown = '';
  return (text) => {
    const [, at = ''] = /^>\s*(\d+) \|/.exec(text) ?? [];
    if (at !== '') shown = at;
    const below = /^ *\|( *)[\^~]+(?: (.+))?$/.exec(text);
    if (below !== null && shown !== '' && below[2] !== undefined)
      return { line: shown, column: String((below[1] ?? '').length), message: below[2] };
    const {
      line,
      level,
      message = '',
    } = /^(?:\S*ruby: |-: )?-:(?<line>\d+): (?:(?<level>warning): )?(?<message>.+)$/.exec(text)?.groups ?? {};
    if (line === undefined || /^syntax errors? found/.test(message)) return undefined;
    return { line, message, level };
  };
}

export const PHP: CommandTool = {
  name: 'php',
  languageIds: ['php'],
  programs: () => ['php'],
  // Without php.ini, which may load extensions and prepend files.
  prepare: async ({ copy }) => ({
    args: [
      '-n',
      '-d',
      'display_errors=1',
      '-d',
      'log_errors=0',
      '-d',
      'html_errors=0',
      '-l',
      await copy('checked.php'),
    ],
  }),
  read: (output) => {
    const problems = messagesIn(output.stdout, (text) => {
      const {
        level,
        message = '',
        line = '',
      } = /^(?:PHP )?(?<level>Parse error|Fatal error|Warning|Deprecated|Notice): +(?<message>.+) in .+ on line (?<line>\d+)$/.exec(
        text,
      )?.groups ?? {};
      return level === undefined ? undefined : { level, message, line };
    });
    return verdict(output, asSyntax(problems), output.stdout.includes('No syntax errors detected'));
  },
};

const SHELL_COPY = 'checked.sh';

export const SHELL: CommandTool = {
  name: 'shell',
  languageIds: ['shellscript'],
  programs: shellsFor,
  prepare: async ({ copy }) => ({ args: ['-n', await copy(SHELL_COPY)] }),
  read: (output) => {
    let isEcho = false;
    const problems = messagesIn(output.stderr, (text) => {
      // bash: `…/checked.sh: line 3: syntax error…`; dash: `…/checked.sh: 3: Syntax error…`
      const {
        line,
        level,
        message = '',
      } = /\/checked\.sh: (?:line )?(?<line>\d+): (?:(?<level>warning): )?(?<message>.+)$/.exec(text)
        ?.groups ?? {};
      // bash repeats the line itself after a message.
      const isRepeated = isEcho && /^`.*'$/.test(message);
      isEcho = line !== undefined;
      return line === undefined || isRepeated ? undefined : { line, message, level };
    });
    return verdict(output, asSyntax(problems), output.stderr.trim() === '');
  },
};

/** Shells that the text is written for; those that read files of the user's even with `-n` aren't used. */
function shellsFor({ uri, text }: CheckFile): readonly string[] {
  const [, program] = /^\uFEFF?#!\s*(?:\S*\/env\s+(?:-\S+\s+)*)?(?:\S*\/)?([\w.-]+)/.exec(text) ?? [];
  if (program !== undefined)
    return program === 'bash' || program === 'sh' || program === 'dash' ? [program] : [];
  return /\.(?:zsh|ksh|bats|fish|csh|tcsh)$|\/\.z\w+$/i.test(uri) ? [] : ['bash', 'sh'];
}

export const NODE: CommandTool = {
  name: 'node',
  languageIds: ['javascript'],
  programs: () => ['node'],
  prepare: async (job) => ({ args: ['--check', await job.copy(moduleName(job))] }),
  read: (output, job) => {
    const at = new RegExp(`/${moduleName(job).replace('.', '\\.')}:(\\d+)$`, 'm').exec(
      output.stderr.replaceAll('\\', '/'),
    );
    const message = /^(SyntaxError: .+)$/m.exec(output.stderr)?.[1];
    const caret = /^( *)\^+$/m.exec(output.stderr)?.[1]?.length ?? 0;
    const problems =
      at === null || message === undefined
        ? []
        : [{ line: Number(at[1]) - 1, column: caret, message, severity: 'error' as const }];
    return verdict(output, asSyntax(problems), output.stderr.trim() === '');
  },
};

/** A module has another syntax than a script, and Node tells them by the file's name. */
function moduleName({ file: { text }, path }: CheckJob): string {
  const ending = path === undefined ? '' : extname(basename(path)).toLowerCase();
  if (ending === '.cjs' || ending === '.mjs') return `checked${ending}`;
  const isModule = /^\s*(?:import\s*(?:[\w$*{'"]|$)|export\s+(?:[\w$*{]|$)|export\s*\{)/m.test(text);
  return isModule && !/\brequire\s*\(/.test(text) ? 'checked.mjs' : 'checked.cjs';
}
