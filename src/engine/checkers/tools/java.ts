import { mkdir } from 'node:fs/promises';
import { basename, dirname, join, sep } from 'node:path';
import type { CheckerProblem } from '../checker.js';
import type { CommandTool } from './commandChecker.js';
import { verdict } from './messageLines.js';

const CLASS_FILE = /^[\p{L}_$][\p{L}\p{N}_$-]*\.java$/u;
const PUBLIC_TYPE =
  /^[ \t]*public\s+(?:(?:abstract|final|sealed|non-sealed|strictfp)\s+)*(?:class|interface|enum|record|@interface)\s+([\p{L}_$][\p{L}\p{N}_$]*)/mu;

/** The compiler, with the sources of the project but none of its libraries, and no annotation processor. */
export const JAVA: CommandTool = {
  name: 'javac',
  languageIds: ['java'],
  programs: () => ['javac'],
  prepare: async ({ file: { text }, path, folder, copy }) => {
    const output = join(folder, 'classes');
    const nothing = join(folder, 'nothing');
    await Promise.all([mkdir(output), mkdir(nothing)]);
    return {
      args: [
        ...['-proc:none', '-implicit:none', '-encoding', 'UTF-8', '-Xmaxerrs', '1000', '-Xmaxwarns', '1000'],
        // Errors of all stages at once, whether a text parses or not. The names of newer and older versions.
        ...['-XDshould-stop.ifError=FLOW', '-XDshouldStopPolicyIfError=FLOW', '-J-XX:TieredStopAtLevel=1'],
        // The compiler loads plugins from libraries: there are none.
        ...['-d', output, '-classpath', nothing, '-processorpath', nothing],
        ...['-sourcepath', sourceRoot(text, path) ?? nothing],
        await copy(fileName(text, path)),
      ],
    };
  },
  read: (output, { file, path }) => {
    const problems = problemsIn(output.stderr, file.text, fileName(file.text, path));
    const rest = output.stderr.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('Note: '));
    return verdict(output, problems, rest.length === 0);
  },
};

/** A public class has to be in a file of its name. */
function fileName(text: string, path: string | undefined): string {
  const name = path === undefined ? '' : basename(path);
  if (CLASS_FILE.test(name)) return name;
  return `${PUBLIC_TYPE.exec(text)?.[1] ?? 'Checked'}.java`;
}

/** The folder that the file's package is in, if the file lies where its package says. */
function sourceRoot(text: string, path: string | undefined): string | undefined {
  if (path === undefined) return undefined;
  const folder = dirname(path);
  const [, name = ''] = /^\s*package\s+([\p{L}\p{N}_$.]+)\s*;/mu.exec(text) ?? [];
  if (name === '') return folder;
  const packageFolder = sep + name.split('.').join(sep);
  return folder.endsWith(packageFolder) ? folder.slice(0, -packageFolder.length) || sep : undefined;
}

const HEADER =
  /^(?<file>.+?\.java):(?<line>\d+): (?<level>error|warning): (?:\[(?<code>\w[\w-]*)\] )?(?<message>.*)$/;

/** A message, the line that it is about, a caret below its column, and details such as the symbol. */
function problemsIn(output: string, text: string, name: string): CheckerProblem[] {
  const sources = text.split('\n').map((line) => line.replace(/\r$/, ''));
  const problems: CheckerProblem[] = [];
  const lines = output.split(/\r?\n/).filter((line) => !line.startsWith('Note: '));
  for (const [index, header] of lines.entries()) {
    const { file, line, level, code, message = '' } = HEADER.exec(header)?.groups ?? {};
    if (file === undefined) continue;
    const rest = lines.slice(index + 1);
    const details = rest.slice(
      0,
      rest.findIndex((each) => HEADER.test(each) || /^\d+ (?:error|warning)s?$/.test(each)),
    );
    const caret = details.findIndex((each) => /^\s*\^$/.test(each));
    const isOwn = basename(file) === name;
    const at = isOwn ? Number(line) - 1 : 0;
    const words = [message, ...details.filter((_, at) => at !== caret && at !== caret - 1)];
    const said = words.map((each) => each.trim().replace(/\s+/g, ' ')).filter((each) => each !== '');
    problems.push({
      line: Math.min(Math.max(0, at), sources.length - 1),
      column: isOwn ? Math.max(0, details[caret]?.length ?? 1) - 1 : 0,
      message: (isOwn ? '' : `${basename(file)}: `) + quoteSymbol(said.join('; ')),
      severity: level === 'warning' ? 'warning' : 'error',
      ...(code === undefined ? {} : { code }),
    });
  }
  return problems;
}

/** As other compilers write names, so that what a message is about can be compared. */
function quoteSymbol(message: string): string {
  return message.replace(/\b(symbol: \w+ |location: \w+ |package )([\p{L}\p{N}_$.]+)/gu, "$1'$2'");
}
