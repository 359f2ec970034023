import { pathToFileURL } from 'node:url';
import { InvalidArgumentError, type Command } from 'commander';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { indentAt } from '../../engine/edit/codeShape.js';
import { languageOfFile } from '../../engine/language/languageOf.js';
import { linesOf } from '../../engine/language/lines.js';
import { machineCheckers } from '../../engine/checkers/machineCheckers.js';
import { Workspace } from '../../engine/completion/context/workspace.js';
import { SyntaxTrees } from '../../engine/syntax/syntaxTrees.js';
import type { EditParams } from '../../protocol/edit.js';
import { pipedText } from '../chat/question.js';
import type { CommandContext } from '../commandContext.js';
import { isJson, writeJson } from '../commandOptions.js';
import { InputError } from '../errors.js';
import { fixReport, shownPath, unifiedDiff, UNPATCHABLE } from '../fix/fixReport.js';
import { withEngine } from '../localEngine.js';
import { checkPlace, SourceFile } from '../source/sourceFile.js';
import { editVerdictText, editWarnings } from '../verdictText.js';

/** Lines from 0, including the last one. */
interface EditPlace {
  readonly file: string;
  readonly first: number;
  /** Left out: the block around the first line, or new code if the line is blank. */
  readonly last?: number;
}

interface EditOptions {
  readonly apply?: boolean;
  readonly model?: string;
}

export function addEdit(program: Command, context: CommandContext): void {
  program
    .command('edit')
    .description('change lines of a file as an instruction says and print a unified diff')
    .argument(
      '<FILE:FIRST-LAST>',
      'the lines to change, counted from 1; with FILE:LINE the block around the line, or new code if it is blank',
      parsePlace,
    )
    .argument('<INSTRUCTION>', 'what is to be done; - reads it from standard input')
    .option('--apply', 'also write the changes to the file')
    .option('--model <ID|PATH>', 'a model in the catalogue, or a GGUF file')
    .action((place: EditPlace, instruction: string, options: EditOptions, command: Command) => {
      if (instruction.trim() === '')
        command.error('error: the instruction is blank. Say what is to be done.');
      return edit(context, place, instruction, options, isJson(command));
    });
}

function parsePlace(text: string): EditPlace {
  const [, file = '', from, to] = /^(.+?):(\d+)(?:-(\d+))?$/.exec(text) ?? [];
  const first = Number(from);
  const last = to === undefined ? undefined : Number(to);
  if (!(first >= 1) || (last !== undefined && last < first))
    throw new InvalidArgumentError('Must be FILE:FIRST-LAST or FILE:LINE, with lines counted from 1.');
  return { file, first: first - 1, ...(last === undefined ? {} : { last: last - 1 }) };
}

async function edit(
  context: CommandContext,
  place: EditPlace,
  words: string,
  { apply = false, model }: EditOptions,
  asJson: boolean,
): Promise<void> {
  const { terminal, signal } = context;
  const file = await SourceFile.read(place.file);
  checkPlace(place.file, file.text, place.last ?? place.first);
  const instruction = words === '-' ? await pipedInstruction(context) : words;
  const uri = pathToFileURL(file.path).href;
  const document = TextDocument.create(uri, languageOfFile(place.file, file.text), 1, file.text);
  const checks = { syntax: new SyntaxTrees(), checkers: machineCheckers(new Workspace()) };
  const engineOptions = { fixChecks: checks, ...(model === undefined ? {} : { model }) };
  const result = await withEngine(context, engineOptions, (engine) =>
    engine.edit.edit(paramsFor(document, place, instruction), document, signal, () => undefined),
  );
  const text = TextDocument.applyEdits(document, [{ range: result.range, newText: result.newText }]);
  if (apply) await file.write(text);
  const shown = shownPath(place.file);
  const diff = unifiedDiff(shownPath(file.path), file.asPatched(file.text), file.asPatched(text));
  if (asJson)
    writeJson(terminal, fixReport(shown, diff, { text, edits: [result], left: [], isGivenUp: false }, apply));
  else terminal.writeResult(diff);
  for (const line of [...editWarnings(result), editVerdictText(result)]) terminal.writeNote(`${line}\n`);
  if (apply) terminal.writeNote(`Wrote ${shown}\n`);
  else if (!file.isPatchable) terminal.writeNote(`${UNPATCHABLE}\n`);
}

async function pipedInstruction({ terminal, signal }: CommandContext): Promise<string> {
  const text = await pipedText(terminal, signal, { isOptional: false, stdin: undefined });
  if (text === undefined || text.trim() === '')
    throw new InputError('Nothing was piped in. Pipe the instruction, or write it in place of the -.');
  return text.trim();
}

function paramsFor(document: TextDocument, { first, last }: EditPlace, instruction: string): EditParams {
  const start = { line: first, character: 0 };
  const end = { line: last ?? first, character: linesOf(document.getText()).at(last ?? first).length };
  return {
    textDocument: { uri: document.uri, version: document.version },
    intent: 'edit',
    range: { start, end: last === undefined ? start : end },
    isSelection: last !== undefined,
    diagnostics: [],
    instruction,
    indent: indentAt(document, start),
    isTrusted: true,
    progressToken: '',
  };
}
