import { pathToFileURL } from 'node:url';
import { InvalidArgumentError, type Command } from 'commander';
import {
  repairFile,
  type FixTarget,
  type RepairedFile,
  type RepairFileDeps,
} from '../../engine/edit/fix/repairFile.js';
import { machineCheckers } from '../../engine/checkers/machineCheckers.js';
import { ProjectContext } from '../../engine/completion/context/projectContext.js';
import { ProjectExports } from '../../engine/edit/fix/imports/projectExports.js';
import { fileProblems } from '../../engine/edit/fix/fileProblems.js';
import { languageOf, languageOfFile } from '../../engine/language/languageOf.js';
import { MAX_TEXT_LENGTH, SyntaxTrees } from '../../engine/syntax/syntaxTrees.js';
import type { CommandContext } from '../commandContext.js';
import { isJson, numberArgument, writeJson } from '../commandOptions.js';
import { ExitStatus, InputError } from '../errors.js';
import {
  fixReport,
  isVerified,
  problemLines,
  shownPath,
  unifiedDiff,
  UNPATCHABLE,
  verdictLines,
} from '../fix/fixReport.js';
import { checkOutcome } from '../fix/checkOutcome.js';
import { withUserCheck, type UserCheck } from '../fix/userCheck.js';
import { withEngine } from '../localEngine.js';
import { checkPlace, SourceFile } from '../source/sourceFile.js';

interface FixTargetOptions {
  readonly line?: number;
  readonly lines?: Pick<FixTarget, 'start' | 'end'>;
  readonly message?: string;
}

interface FixOptions extends FixTargetOptions {
  /** `false`: no program is started to check the fix, and nothing of the project is loaded. */
  readonly check?: string | false;
  readonly checkTime?: number;
  readonly apply?: boolean;
  readonly model?: string;
}

const parseLine = numberArgument({ from: 1 });
const parseSeconds = numberArgument({ from: 1, to: 3600 });
const CHECK_SECONDS = 60;

export function addFix(program: Command, context: CommandContext): void {
  program
    .command('fix')
    .description('fix errors in a file and print a unified diff')
    .argument(
      '<FILE>',
      'its syntax errors are found automatically; pass other errors with --line and --message',
    )
    .option('--apply', 'also write the changes to the file')
    .option(
      '--check <CMD>',
      'your own check: a shell command that fails while something is wrong; it runs on a copy of the project or, with {} for the file’s name, of the file alone',
    )
    .option(
      '--no-check',
      'start no compiler and load nothing of the project to check the file, as for code that you don’t trust',
    )
    .option('--check-time <SECONDS>', 'how long the check may run (default: 60)', parseSeconds)
    .option('--line <N>', 'line of the error, counted from 1', parseLine)
    .option('--lines <A-B>', 'the lines to rewrite, counted from 1', parseLines)
    .option('--message <TEXT>', 'error message of a compiler or a test')
    .option('--model <ID|PATH>', 'a model in the catalogue, or a GGUF file')
    .action((file: string, options: FixOptions, command: Command) => {
      const target = fixTargetOf(options);
      if (typeof target === 'string') command.error(`error: ${target}`);
      return fix(context, file, target, options, isJson(command));
    });
}

/** Reads `A-B`, counted from 1, as lines from 0. */
function parseLines(text: string): Pick<FixTarget, 'start' | 'end'> {
  const [, first, last] = /^(\d+)-(\d+)$/.exec(text) ?? [];
  const [start, end] = [Number(first), Number(last)];
  if (!(start >= 1 && end >= start))
    throw new InvalidArgumentError('Must be A-B: the first and the last line, counted from 1.');
  return { start: start - 1, end: end - 1 };
}

/**
 * Where the fix applies, as far as the user has said.
 * @returns a sentence when the options contradict each other
 */
function fixTargetOf({ line, lines, message }: FixTargetOptions): FixTarget | undefined | string {
  if (line !== undefined && lines !== undefined) return 'pass either --line or --lines, not both.';
  if (message !== undefined && line === undefined && lines === undefined)
    return 'pass --line or --lines to say where the message belongs.';
  const span = lines ?? (line === undefined ? undefined : { start: line - 1, end: line - 1 });
  return span && { ...span, ...(message === undefined ? {} : { message }) };
}

async function fix(
  context: CommandContext,
  name: string,
  target: FixTarget | undefined,
  options: FixOptions,
  asJson: boolean,
): Promise<void> {
  const file = await SourceFile.read(name);
  if (target !== undefined) checkPlace(name, file.text, target.end);
  const job: FixJob = { context, name, file, target, options, asJson };
  const { check: command, checkTime = CHECK_SECONDS } = options;
  if (command === undefined || command === false) return fixFile(job, undefined);
  const { signal } = context;
  const limits = { command, maxMs: checkTime * 1000, line: target?.start, signal };
  await withUserCheck(file, limits, (check) => fixFile(job, check));
}

interface FixJob {
  readonly context: CommandContext;
  readonly name: string;
  readonly file: SourceFile;
  readonly target: FixTarget | undefined;
  readonly options: FixOptions;
  readonly asJson: boolean;
}

async function fixFile(job: FixJob, userCheck: UserCheck | undefined): Promise<void> {
  const { context, name, file, target, asJson } = job;
  const { apply = false, model, check: command } = job.options;
  const isTrusted = command !== false;
  const { terminal, signal } = context;
  const languageId = languageOfFile(name, file.text);
  const syntax = new SyntaxTrees();
  const project = new ProjectContext({ get: () => undefined }, syntax);
  const machine = machineCheckers(project.workspace);
  const checks = {
    syntax,
    checkers: userCheck?.beside(machine) ?? machine,
    suggestions: machine,
    projectExports: new ProjectExports(project.files, project.workspace),
  };
  const uri = pathToFileURL(file.path).href;
  const problemsOf = (text: string): ReturnType<RepairFileDeps['check']> =>
    fileProblems({ uri, languageId, text }, { ...checks, checkers: machine }, isTrusted, signal);
  const before = await userCheck?.first(file.text);
  const check: RepairFileDeps['check'] = async (text) => {
    const own = (await userCheck?.run(text))?.problems.filter(({ line }) => Number.isFinite(line)) ?? [];
    return own.length > 0 ? own : problemsOf(text);
  };
  const problems = await check(file.text);
  const isPassed = before === undefined || before.status === 0;
  if (problems === undefined && target === undefined && before === undefined)
    throw new InputError(
      `${isTrusted ? 'Nothing on this machine' : 'Without starting a program, nothing here'} can check ${languageOf(languageId).name}${file.text.length > MAX_TEXT_LENGTH ? ` in a file of more than ${MAX_TEXT_LENGTH.toLocaleString('en')} characters` : ''}. Pass the line of the error with --line, and the error with --message, or a check of your own with --check.`,
    );
  const shown = shownPath(name);
  const hasProblem = problems !== undefined && problems.length > 0;
  if (target === undefined && !hasProblem && !isPassed)
    throw new InputError(
      `The check fails, but names no line of ${shown}: ${before.problems[0]?.message ?? ''}. Pass the line to fix with --line.`,
    );
  if (target === undefined && !hasProblem) {
    const nothing: RepairedFile = { text: file.text, edits: [], left: [], isGivenUp: false };
    if (asJson) writeJson(terminal, fixReport(shown, '', nothing, false));
    terminal.writeNote('Nothing to fix\n');
    return;
  }
  terminal.writeNote(problemLines(shown, problems ?? []));
  const engineOptions = { fixChecks: checks, ...(model === undefined ? {} : { model }) };
  const repaired = await withEngine(context, engineOptions, ({ edit }) =>
    repairFile({ uri, languageId, text: file.text }, target, { edit, check, isTrusted, signal }),
  );
  const outcome = userCheck && before && (await checkOutcome(userCheck, before, repaired));
  const fixed = outcome?.fixed ?? repaired;
  const isFixed = fixed.edits.length > 0;
  const isApplied = apply && isFixed;
  if (isApplied) await file.write(fixed.text);
  const diff = unifiedDiff(shownPath(file.path), file.asPatched(file.text), file.asPatched(fixed.text));
  const report = fixReport(shown, diff, fixed, isApplied);
  if (asJson) writeJson(terminal, { ...report, ...(outcome === undefined ? {} : { check: outcome.report }) });
  else terminal.writeResult(report.diff);
  terminal.writeNote(noteOn(fixed, shown, { isApplied, isPatchable: file.isPatchable }));
  if (outcome !== undefined && isFixed) terminal.writeNote(`${outcome.sentence}\n`);
  // Your own check decides; without, nothing may be left of what was to be fixed.
  const isProved =
    outcome === undefined
      ? target !== undefined || fixed.left.length === 0
      : outcome.report.after.status === 0;
  if (!isFixed || fixed.isGivenUp || !isVerified(fixed) || !isProved) throw new ExitStatus(1);
}

interface AppliedFix {
  readonly isApplied: boolean;
  readonly isPatchable: boolean;
}

function noteOn(fixed: RepairedFile, file: string, { isApplied, isPatchable }: AppliedFix): string {
  const left = fixed.left.length === 0 ? '' : `Remaining errors:\n${problemLines(file, fixed.left)}`;
  if (fixed.edits.length === 0) return 'No improvement was found. Another model may find one.\n';
  return [
    verdictLines(fixed),
    ...(!isApplied && !isPatchable ? [`${UNPATCHABLE}\n`] : []),
    ...(isApplied ? [`Wrote ${file}\n`] : []),
    left,
  ].join('');
}
