import { pathToFileURL } from 'node:url';
import type { Command } from 'commander';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { indentAt } from '../../engine/edit/codeShape.js';
import { languageOfFile } from '../../engine/language/languageOf.js';
import { SyntaxTrees } from '../../engine/syntax/syntaxTrees.js';
import type { EditParams } from '../../protocol/edit.js';
import type { CommandContext } from '../commandContext.js';
import { isJson, numberArgument, writeJson } from '../commandOptions.js';
import { fixReport, shownPath, unifiedDiff, UNPATCHABLE } from '../fix/fixReport.js';
import { withEngine } from '../localEngine.js';
import { checkPlace, SourceFile } from '../source/sourceFile.js';
import { documentedText } from '../verdictText.js';

interface DocumentOptions {
  readonly apply?: boolean;
  readonly line?: number;
  readonly model?: string;
}

export function addDocument(program: Command, context: CommandContext): void {
  program
    .command('document')
    .description('write doc comments for all symbols of a file that have none and print a unified diff')
    .argument('<FILE>', 'its functions and types without a comment are found automatically')
    .option('--line <N>', 'only the symbol on this line, counted from 1', numberArgument({ from: 1 }))
    .option('--apply', 'also write the comments to the file')
    .option('--model <ID|PATH>', 'a model in the catalogue, or a GGUF file')
    .action((file: string, options: DocumentOptions, command: Command) =>
      document(context, file, options, isJson(command)),
    );
}

async function document(
  context: CommandContext,
  name: string,
  { apply = false, line, model }: DocumentOptions,
  asJson: boolean,
): Promise<void> {
  const { terminal, signal } = context;
  const file = await SourceFile.read(name);
  if (line !== undefined) checkPlace(name, file.text, line - 1);
  const uri = pathToFileURL(file.path).href;
  const source = TextDocument.create(uri, languageOfFile(name, file.text), 1, file.text);
  const checks = { syntax: new SyntaxTrees() };
  const engineOptions = { fixChecks: checks, ...(model === undefined ? {} : { model }) };
  const result = await withEngine(context, engineOptions, (engine) =>
    engine.edit.edit(paramsFor(source, line), source, signal, (each) => {
      if (each.kind === 'symbol') terminal.writeNote(`${each.index} of ${each.count}: ${each.name}\n`);
    }),
  );
  const text = TextDocument.applyEdits(source, [{ range: result.range, newText: result.newText }]);
  if (apply) await file.write(text);
  const shown = shownPath(name);
  const diff = unifiedDiff(shownPath(file.path), file.asPatched(file.text), file.asPatched(text));
  const { documented } = result;
  if (asJson) {
    const report = fixReport(shown, diff, { text, edits: [result], left: [], isGivenUp: false }, apply);
    writeJson(terminal, { ...report, ...(documented === undefined ? {} : { documented }) });
  } else terminal.writeResult(diff);
  if (documented !== undefined) terminal.writeNote(`${documentedText(documented)}\n`);
  if (apply) terminal.writeNote(`Wrote ${shown}\n`);
  else if (!file.isPatchable) terminal.writeNote(`${UNPATCHABLE}\n`);
}

function paramsFor(document: TextDocument, line: number | undefined): EditParams {
  const start = { line: (line ?? 1) - 1, character: 0 };
  return {
    textDocument: { uri: document.uri, version: document.version },
    intent: line === undefined ? 'documentAll' : 'document',
    range: { start, end: start },
    isSelection: false,
    diagnostics: [],
    indent: indentAt(document, start),
    isTrusted: true,
    progressToken: '',
  };
}
