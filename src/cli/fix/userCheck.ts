/** The user's own command as a check: `youtu fix --check CMD`. It runs on copies, never on the user's files. */
import { readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { basename, isAbsolute, join, relative, resolve, sep } from 'node:path';
import type { CheckerProblem, CheckFile } from '../../engine/checkers/checker.js';
import type { Checkers, CheckReport } from '../../engine/checkers/checkers.js';
import { inPrivateFolder } from '../../engine/checkers/machine/privateFolder.js';
import { runTool } from '../../engine/checkers/machine/runTool.js';
import { messagesInOutput, type FileMessage } from '../../engine/checkers/tools/commandOutput.js';
import { InputError } from '../errors.js';
import type { SourceFile } from '../source/sourceFile.js';
import { copyFileAlone, copyProject, projectOf, type ProjectCopy } from './projectCopy.js';

/** Of a test run or a build with much to say. */
const MAX_OUTPUT_BYTES = 8_000_000;
const MAX_NAME_LENGTH = 40;
const MAX_TAIL_LENGTH = 300;
/** A problem that has no line in the file: no edit of a line is about it. */
const ELSEWHERE = Infinity;
const [NOT_EXECUTABLE, NOT_FOUND] = [126, 127];

/** What the command says about one text. */
export interface UserVerdict {
  /** `undefined` when it was stopped or killed. */
  readonly status: number | undefined;
  /** None when the status is 0, whatever was written. */
  readonly problems: readonly CheckerProblem[];
}

interface UserCheckOptions {
  readonly command: string;
  readonly maxMs: number;
  /** From 0: where a failure that names no line of the file belongs, because the user has said so. */
  readonly line: number | undefined;
  readonly signal: AbortSignal;
}

export class UserCheck {
  /** As verdicts name it. */
  readonly name: string;
  private readonly known = new Map<string, Promise<UserVerdict>>();
  private last: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly source: Pick<SourceFile, 'path' | 'bytesWith'>,
    private readonly copy: ProjectCopy,
    private readonly options: UserCheckOptions,
  ) {
    const { command } = options;
    this.name = command.length > MAX_NAME_LENGTH ? `${command.slice(0, MAX_NAME_LENGTH)}…` : command;
  }

  get command(): string {
    return this.options.command;
  }

  /**
   * The verdict on the file as it is.
   * @throws InputError when the command can't be started, doesn't end, writes too much, or changes the file
   */
  async first(text: string): Promise<UserVerdict> {
    const verdict = await this.run(text);
    const [problem] = verdict.problems;
    const { command } = this.options;
    if (verdict.status === NOT_FOUND || verdict.status === NOT_EXECUTABLE)
      throw new InputError(
        `The check "${command}" can't be started: ${problem?.message ?? ''}. Correct the command.`,
      );
    if (verdict.status === undefined)
      throw new InputError(
        `The check "${command}" gave no verdict: ${problem?.message ?? ''}. Use one that ends by itself.`,
      );
    const bytes = await readFile(this.copy.file).catch(() => undefined);
    if (bytes?.equals(this.source.bytesWith(text)) !== true)
      throw new InputError(
        `The check "${command}" changes the file. It ran on a copy, so yours is as it was. Use a command that only reports, without options such as --fix.`,
      );
    return verdict;
  }

  /** One at a time, and once for each text: there is one copy. */
  run(text: string): Promise<UserVerdict> {
    let verdict = this.known.get(text);
    if (verdict === undefined) {
      verdict = this.last.then(() => this.runOn(text));
      this.last = verdict.catch(() => undefined);
      this.known.set(text, verdict);
    }
    return verdict;
  }

  /** The machine's checkers and this one. */
  beside(checkers: Pick<Checkers, 'check'>): Pick<Checkers, 'check'> {
    return {
      check: async (
        file: CheckFile,
        isTrusted: boolean,
        signal: AbortSignal,
      ): Promise<readonly CheckReport[]> => {
        const reports = await checkers.check(file, isTrusted, signal);
        const { problems } = await this.run(file.text);
        return [...reports, { kind: 'checked', by: this.name, problems }];
      },
    };
  }

  private async runOn(text: string): Promise<UserVerdict> {
    const { copy, options, source } = this;
    const { command, maxMs, signal } = options;
    // A command may have made it read-only, or a folder.
    await rm(copy.file, { recursive: true, force: true });
    await writeFile(copy.file, source.bytesWith(text));
    const stop: { reason?: 'time' | 'output' } = {};
    const isWindows = process.platform === 'win32';
    const line = command.replaceAll(
      '{}',
      isWindows ? `"${copy.file}"` : `'${copy.file.replaceAll("'", `'\\''`)}'`,
    );
    const given: NodeJS.ProcessEnv = { ...process.env, PWD: copy.folder };
    const env = Object.fromEntries(
      Object.entries(given).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])),
    );
    const output = await runTool({
      program: isWindows ? (process.env['ComSpec'] ?? 'cmd.exe') : '/bin/sh',
      args: isWindows ? ['/d', '/s', '/c', line] : ['-c', line],
      folder: copy.folder,
      env,
      maxMs,
      maxBytes: MAX_OUTPUT_BYTES,
      onStop: (reason) => (stop.reason = reason),
      signal,
    });
    if (output === undefined)
      return { status: undefined, problems: [this.failure(stoppedText(stop.reason, maxMs))] };
    const all = `${output.stderr}\n${output.stdout}`;
    return { status: output.code, problems: output.code === 0 ? [] : this.problemsIn(all) };
  }

  private problemsIn(output: string): readonly CheckerProblem[] {
    const messages = messagesInOutput(output);
    const own = messages.filter((message) => this.isOwn(message));
    const others = messages.filter((message) => !this.isOwn(message) && message.severity === 'error');
    // The command fails for them, whatever it calls them.
    const isWarned = own.every(({ severity }) => severity === 'warning');
    const problems = own.map(({ line, column, message, severity }): CheckerProblem => ({
      line: line - 1,
      column: column - 1,
      message: this.shown(message),
      severity: isWarned ? 'error' : severity,
      ...(/^(?:SyntaxError|IndentationError|TabError)\b/.test(message) ? { isSyntax: true } : {}),
    }));
    const elsewhere = others.map(({ path, message }) =>
      this.failure(`${this.shown(path)}: ${this.shown(message)}`, ELSEWHERE),
    );
    return own.length > 0
      ? [...problems, ...elsewhere]
      : [this.failure(this.shown(tailOf(output))), ...elsewhere];
  }

  private failure(message: string, line = this.options.line ?? ELSEWHERE): CheckerProblem {
    return { line, column: 0, message, severity: 'error' };
  }

  private isOwn({ path }: FileMessage): boolean {
    const { file, folder, root } = this.copy;
    const real = resolve(folder, path);
    if (real === file || real === this.source.path) return true;
    // Relative to a folder that the command has changed into, or below another name of the copy.
    const own = relative(root, file);
    const end = path.split(/[\\/]/).join(sep);
    return isAbsolute(path)
      ? end.endsWith(sep + own)
      : own === end || own.endsWith(sep + end.replace(/^\.[\\/]/, ''));
  }

  /** The copy has another name each time, and a message is the same in each. */
  private shown(text: string): string {
    const { root, file } = this.copy;
    return text
      .replaceAll(root + sep, '')
      .replaceAll(root, '.')
      .replaceAll(file, basename(file));
  }
}

/** Makes the copy, and removes it in the end. */
export function withUserCheck<T>(
  file: SourceFile,
  options: UserCheckOptions,
  work: (check: UserCheck) => Promise<T>,
): Promise<T> {
  return inPrivateFolder(async (temporary) => {
    const folder = await realpath(temporary);
    const copy = options.command.includes('{}')
      ? await copyFileAlone(file.path, folder)
      : await copyProject(await projectOf(file.path), file.path, join(folder, 'project'), options.signal);
    return work(new UserCheck(file, copy, options));
  });
}

function stoppedText(reason: 'time' | 'output' | undefined, maxMs: number): string {
  if (reason === 'time') return `it had not ended after ${maxMs / 1000} s`;
  return reason === 'output' ? `it wrote more than ${MAX_OUTPUT_BYTES / 1_000_000} MB` : 'it was killed';
}

/** The last line says most, as the summary of a test run; times in it differ each time. */
function tailOf(output: string): string {
  const lines = output.split(/\r?\n/).filter((line) => /[\p{L}\d]/u.test(line));
  const last = lines.at(-1)?.trim() ?? 'it failed without a message';
  return last.replace(/\b\d+(?:\.\d+)?\s*(?:ms|s|seconds?)\b/g, '… s').slice(-MAX_TAIL_LENGTH);
}
