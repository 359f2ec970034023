import { relative, sep } from 'node:path';
import type { Command } from 'commander';
import { syntaxErrors } from '../../engine/syntax/syntaxErrors.js';
import { SyntaxTrees } from '../../engine/syntax/syntaxTrees.js';
import type { CommandContext } from '../commandContext.js';
import { ExitStatus } from '../exitStatus.js';
import { parseLine, parseLines, fixTargetOf, type FixTargetOptions } from '../fix/fixTarget.js';
import { doubtOn, fixReport, problemLines } from '../fix/fixReport.js';
import {
  repairFile,
  type FixTarget,
  type RepairedFile,
  type RepairFileDeps,
} from '../../engine/edit/fix/repairFile.js';
import { SourceFile } from '../fix/sourceFile.js';
import { InputError } from '../inputError.js';
import { isJson, writeJson } from '../jsonOutput.js';
import { languageOfFile, languageOf } from '../../engine/language/languageOf.js';
import { withEngine } from '../withEngine.js';

interface FixOptions extends FixTargetOptions {
  readonly apply?: boolean;
  readonly model?: string;
}

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
      const place = fixTargetOf(options);
      if (typeof place === 'string') command.error(`error: ${place}`);
      return fix(context, file, place, options, isJson(command));
    });
}

async function fix(
  context: CommandContext,
  name: string,
  place: FixTarget | undefined,
  { apply = false, model }: FixOptions,
  asJson: boolean,
): Promise<void> {
  const { terminal, signal } = context;
  const file = await SourceFile.read(name);
  const languageId = languageOfFile(name, file.text);
  const trees = new SyntaxTrees();
  const check: RepairFileDeps['check'] = (text) => trees.read(languageId, text, syntaxErrors, signal);
  const problems = await check(file.text);
  if (problems === undefined && place === undefined)
    throw new InputError(
      `There is no syntax check for ${languageOf(languageId).name} here. Say where something is wrong, with --line, and what, with --message.`,
    );
  const lineCount = file.text.split('\n').length;
  if (place !== undefined && place.end >= lineCount)
    throw new InputError(`${name} has only ${lineCount} lines.`);
  const shown = shownPath(name);
  if (place === undefined && problems?.length === 0) {
    const nothing: RepairedFile = { text: file.text, edits: [], left: [], isGivenUp: false };
    if (asJson) writeJson(terminal, fixReport(shown, file.text, nothing, false));
    terminal.writeNote('Nothing to fix\n');
    return;
  }
  terminal.writeNote(problemLines(shown, problems ?? []));
  const engineOptions = { syntax: trees, ...(model === undefined ? {} : { model }) };
  const fixed = await withEngine(context, engineOptions, ({ edit }) =>
    repairFile(file.text, languageId, place, { edit, check, signal }),
  );
  const isFixed = fixed.edits.length > 0;
  const doubt = doubtOn(fixed);
  const isApplied = apply && isFixed && doubt === undefined;
  if (isApplied) await file.write(fixed.text);
  const report = fixReport(shown, file.text, fixed, isApplied);
  if (asJson) writeJson(terminal, report);
  else terminal.writeResult(report.diff);
  terminal.writeNote(noteOn(fixed, shown, { apply, isApplied, doubt }));
  if (!isFixed || fixed.isGivenUp || apply !== isApplied) throw new ExitStatus(1);
}

function noteOn(
  fixed: RepairedFile,
  file: string,
  { apply, isApplied, doubt }: { apply: boolean; isApplied: boolean; doubt: string | undefined },
): string {
  const left = fixed.left.length === 0 ? '' : `Still wrong:\n${problemLines(file, fixed.left)}`;
  if (fixed.edits.length === 0) return 'The model found no improvement. Another model may find one.\n';
  return [
    ...(doubt === undefined ? [] : [`Check it carefully: ${doubt}.\n`]),
    ...(apply && !isApplied ? ['The file was not changed. To apply the fix anyway: … | patch -p1\n'] : []),
    ...(isApplied ? [`Wrote ${file}\n`] : []),
    left,
  ].join('');
}

/** The path as it stands in a diff: from here where that is shorter, with slashes. */
function shownPath(name: string): string {
  const path = relative(process.cwd(), name);
  return (path.startsWith('..') ? name : path).split(sep).join('/');
}
