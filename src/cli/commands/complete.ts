import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { InvalidArgumentError, type Command } from 'commander';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { CompletionAnswer } from '../../engine/completion/completionTypes.js';
import { ProjectContext } from '../../engine/completion/context/projectContext.js';
import { WorkspaceContextProvider } from '../../engine/completion/context/workspaceContextProvider.js';
import { languageOfFile } from '../../engine/language/languageOf.js';
import { SyntaxTrees } from '../../engine/syntax/syntaxTrees.js';
import type { CommandContext } from '../commandContext.js';
import { isJson, writeJson } from '../commandOptions.js';
import { localEngine } from '../localEngine.js';
import { deviceText } from '../terminal/format.js';

interface Place {
  readonly file: string;
  /** From 0, as in LSP. */
  readonly line: number;
  readonly character: number;
}

export function addComplete(program: Command, context: CommandContext): void {
  program
    .command('complete')
    .description('print what ghost text would show at a position')
    .argument('<FILE:LINE:COLUMN>', 'the position, counted from 1', parsePlace)
    .option('--model <ID|PATH>', 'a model in the catalogue, or a GGUF file')
    .action((place: Place, options: { model?: string }, command: Command) =>
      complete(context, place, options, isJson(command)),
    );
}

async function complete(
  context: CommandContext,
  place: Place,
  options: { model?: string },
  asJson: boolean,
): Promise<void> {
  const { terminal, signal } = context;
  const document = await readDocument(place.file);
  const engine = await localEngine(context, options, surroundingsOf(document));
  const position = { line: place.line, character: place.character };
  const answer = await engine.completion.complete(
    document,
    position,
    { isInvoked: true, isSingle: true, maxLines: engine.settings.completionMaxLines },
    signal,
  );
  const [model] = engine.status.models;
  if (asJson)
    writeJson(terminal, {
      text: answer.completions[0]?.insertText ?? null,
      ...answer.stats,
      device: model?.device,
    });
  else {
    terminal.writeResult(`${answer.completions[0]?.insertText ?? ''}\n`);
    terminal.writeNote(`${statsLine(answer)}${model === undefined ? '' : `, ${deviceText(model.device)}`}\n`);
  }
  await engine.host.unload();
}

/** Reads the files around it as an editor's project. */
function surroundingsOf(document: TextDocument): WorkspaceContextProvider {
  const documents = { get: (uri: string) => (uri === document.uri ? document : undefined) };
  const trees = new SyntaxTrees();
  return new WorkspaceContextProvider(documents, new ProjectContext(documents, trees), trees);
}

async function readDocument(file: string): Promise<TextDocument> {
  const path = resolve(file);
  const text = await readFile(path, 'utf8');
  return TextDocument.create(pathToFileURL(path).href, languageOfFile(path, text), 1, text);
}

function statsLine({ stats }: CompletionAnswer): string {
  const { model, promptTokens, completionTokens, firstTokenMs, totalMs, tokensPerSecond } = stats;
  const speed = tokensPerSecond > 0 ? `, ${tokensPerSecond.toFixed(1)} tokens/s` : '';
  return `${model}: ${promptTokens} prompt tokens, first token after ${(firstTokenMs / 1000).toFixed(2)} s, ${completionTokens} tokens in ${(totalMs / 1000).toFixed(2)} s${speed}`;
}

function parsePlace(text: string): Place {
  const found = /^(.+):(\d+):(\d+)$/.exec(text);
  const [line, column] = [Number(found?.[2]), Number(found?.[3])];
  if (found?.[1] === undefined || line < 1 || column < 1) {
    throw new InvalidArgumentError('Must be FILE:LINE:COLUMN, counted from 1.');
  }
  return { file: found[1], line: line - 1, character: column - 1 };
}
