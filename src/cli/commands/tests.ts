import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { InvalidArgumentError, type Command } from 'commander';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { machineCheckers } from '../../engine/checkers/machineCheckers.js';
import { FileGate } from '../../engine/completion/context/fileGate.js';
import { Workspace } from '../../engine/completion/context/workspace.js';
import { CurrentSettings } from '../../engine/currentSettings.js';
import { filesAround, type ProjectFiles } from '../../engine/edit/tests/projectFiles.js';
import { TestService } from '../../engine/edit/tests/testService.js';
import { languageOfFile } from '../../engine/language/languageOf.js';
import { SyntaxTrees } from '../../engine/syntax/syntaxTrees.js';
import type { WrittenTests } from '../../protocol/tests.js';
import type { CommandContext } from '../commandContext.js';
import { isJson, writeJson } from '../commandOptions.js';
import { InputError } from '../errors.js';
import { shownPath, unifiedDiff } from '../fix/fixReport.js';
import { withEngine } from '../localEngine.js';
import { checkPlace, SourceFile } from '../source/sourceFile.js';

interface TestsOptions {
  readonly apply?: boolean;
  readonly model?: string;
}

interface TestedPlace {
  readonly file: string;
  /** From 0. */
  readonly line: number;
}

export function addTests(program: Command, context: CommandContext): void {
  program
    .command('tests')
    .description('write tests for a function or class and print a unified diff')
    .argument('<FILE:LINE>', 'a line of the function or class, counted from 1', parsePlace)
    .option('--apply', 'also write the tests to the test file')
    .option('--model <ID|PATH>', 'a model in the catalogue, or a GGUF file')
    .action((place: TestedPlace, options: TestsOptions, command: Command) =>
      tests(context, place, options, isJson(command)),
    );
}

function parsePlace(text: string): TestedPlace {
  const [, file = '', line] = /^(.+):(\d+)$/.exec(text) ?? [];
  if (!(Number(line) >= 1))
    throw new InvalidArgumentError('Must be FILE:LINE, with the line counted from 1.');
  return { file, line: Number(line) - 1 };
}

async function tests(
  context: CommandContext,
  { file: name, line }: TestedPlace,
  { apply = false, model }: TestsOptions,
  asJson: boolean,
): Promise<void> {
  const { terminal, signal } = context;
  const file = await SourceFile.read(name);
  checkPlace(name, file.text, line);
  const uri = pathToFileURL(file.path).href;
  const document = TextDocument.create(uri, languageOfFile(name, file.text), 1, file.text);
  const workspace = new Workspace();
  const settings = new CurrentSettings();
  const gate = new FileGate(workspace, () => settings.value);
  const files = (source: string): Promise<ProjectFiles> => filesAround(source, workspace, gate);
  const checks = { syntax: new SyntaxTrees(), checkers: machineCheckers(workspace) };
  const engineOptions = { fixChecks: checks, ...(model === undefined ? {} : { model }) };
  const start = { line, character: 0 };
  const written = await withEngine(context, engineOptions, ({ host, decoder, status }) =>
    new TestService({ host, decoder, status, checks, files }).write(
      {
        textDocument: { uri, version: 1 },
        range: { start, end: start },
        isTrusted: true,
        progressToken: '',
      },
      document,
      signal,
      () => undefined,
    ),
  );
  const path = fileURLToPath(written.uri);
  const old = written.exists ? await SourceFile.read(path) : undefined;
  const before = TextDocument.create('', '', 1, old?.text ?? '');
  const text = TextDocument.applyEdits(before, [{ range: written.range, newText: written.newText }]);
  const diff = unifiedDiff(shownPath(path), before.getText(), text);
  if (apply) await (old === undefined ? makeFile(path, text) : old.write(text));
  if (asJson) writeJson(terminal, report(written, diff, apply));
  else terminal.writeResult(diff);
  const { words, folder, env = {} } = written.command;
  const variables = Object.entries(env).map(([name, value]) => `${name}=${value}`);
  terminal.writeNote(
    `${written.framework} tests for ${written.subject}, checked but not run. Run them in ${shownPath(folder) || '.'} with: ${[...variables, ...words].join(' ')}\n`,
  );
  if (apply) terminal.writeNote(`Wrote ${shownPath(path)}\n`);
}

function report(written: WrittenTests, diff: string, isApplied: boolean): unknown {
  const { subject, framework, uri, exists, command, verdict, model } = written;
  return {
    file: shownPath(fileURLToPath(uri)),
    isNew: !exists,
    subject,
    framework,
    diff,
    isApplied,
    command: command.words,
    folder: command.folder,
    env: command.env ?? {},
    verdict,
    model,
  };
}

/** @throws InputError when another program has made it meanwhile; the system's error */
async function makeFile(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text, { flag: 'wx' }).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    throw new InputError(`${shownPath(path)} has been made meanwhile and is not overwritten. Try again.`);
  });
}
