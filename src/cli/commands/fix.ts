import { pathToFileURL } from 'node:url';
import { InvalidArgumentError, type Command } from 'commander';
import {
  repairFile,
  type FixTarget,
  type RepairedFile,
  type RepairFileDeps,
} from '../../engine/edit/fix/repairFile.js';
import { machineCheckers } from '../../engine/checkers/machineCheckers.js';
import { Workspace } from '../../engine/completion/context/workspace.js';
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
import { withEngine } from '../localEngine.js';
import { checkPlace, SourceFile } from '../source/sourceFile.js';

interface FixTargetOptions {
  readonly line?: number;
  readonly lines?: Pick<FixTarget, 'start' | 'end'>;
  readonly message?: string;
}

interface FixOptions extends FixTargetOptions {
  readonly apply?: boolean;
  readonly model?: string;
}

const parseLine = numberArgument({ from: 1 });

export function addFix(program: Command, context: CommandContext): void {
  program
    .command('fix')
    .description('fix errors in a file and print a unified diff')
    .argument(
      '<FILE>',
      'its syntax errors are found automatically; pass other errors with --line and --message',
    )
    .option('--apply', 'also write the changes to the file')
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
  { apply = false, model }: FixOptions,
  asJson: boolean,
): Promise<void> {
  const { terminal, signal } = context;
  const file = await SourceFile.read(name);
  const languageId = languageOfFile(name, file.text);
  const syntax = new SyntaxTrees();
  const checks = { syntax, checkers: machineCheckers(new Workspace()) };
  const uri = pathToFileURL(file.path).href;
  const check: RepairFileDeps['check'] = (text) => fileProblems({ uri, languageId, text }, checks, signal);
  const problems = await check(file.text);
  if (problems === undefined && target === undefined)
    throw new InputError(
      `Nothing on this machine can check ${languageOf(languageId).name}${file.text.length > MAX_TEXT_LENGTH ? ` in a file of more than ${MAX_TEXT_LENGTH.toLocaleString('en')} characters` : ''}. Pass the line of the error with --line, and the error with --message.`,
    );
  if (target !== undefined) checkPlace(name, file.text, target.end);
  const shown = shownPath(name);
  if (target === undefined && problems?.length === 0) {
    const nothing: RepairedFile = { text: file.text, edits: [], left: [], isGivenUp: false };
    if (asJson) writeJson(terminal, fixReport(shown, '', nothing, false));
    terminal.writeNote('Nothing to fix\n');
    return;
  }
  terminal.writeNote(problemLines(shown, problems ?? []));
  const engineOptions = { fixChecks: checks, ...(model === undefined ? {} : { model }) };
  const fixed = await withEngine(context, engineOptions, ({ edit }) =>
    repairFile({ uri, languageId, text: file.text }, target, { edit, check, signal }),
  );
  const isFixed = fixed.edits.length > 0;
  const isApplied = apply && isFixed;
  if (isApplied) await file.write(fixed.text);
  const diff = unifiedDiff(shownPath(file.path), file.asPatched(file.text), file.asPatched(fixed.text));
  const report = fixReport(shown, diff, fixed, isApplied);
  if (asJson) writeJson(terminal, report);
  else terminal.writeResult(report.diff);
  terminal.writeNote(noteOn(fixed, shown, { isApplied, isPatchable: file.isPatchable }));
  if (!isFixed || fixed.isGivenUp || !isVerified(fixed)) throw new ExitStatus(1);
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
