import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { InvalidArgumentError, type Command } from 'commander';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { CompletionStats } from '../../protocol/completion.js';
import type { DeviceInfo } from '../../protocol/status.js';
import type { CompletionAnswer } from '../../engine/completion/completionTypes.js';
import { ProjectContext } from '../../engine/completion/context/projectContext.js';
import { WorkspaceContextProvider } from '../../engine/completion/context/workspaceContextProvider.js';
import { languageOfFile } from '../../engine/language/languageOf.js';
import { SyntaxTrees } from '../../engine/syntax/syntaxTrees.js';
import type { CommandContext } from '../commandContext.js';
import { isJson, writeJson } from '../commandOptions.js';
import { withEngine } from '../localEngine.js';
import { outcomeText } from '../outcomeText.js';
import { checkPlace, SourceFile } from '../source/sourceFile.js';
import { deviceText } from '../terminal/format.js';
import type { Terminal } from '../terminal/terminal.js';

/** As an editor that shows what the model is confident about; waits for the whole text. */
const AUTOMATIC = { partialAfterMs: Number.POSITIVE_INFINITY };

interface SourcePosition {
  readonly file: string;
  /** From 0, as in LSP. */
  readonly line: number;
  readonly character: number;
}

interface CompleteOptions {
  readonly model?: string;
  readonly why?: boolean;
}

export function addComplete(program: Command, context: CommandContext): void {
  program
    .command('complete')
    .description('print what ghost text would show at a position')
    .argument('<FILE:LINE:COLUMN>', 'the position, counted from 1', parsePosition)
    .option('--model <ID|PATH>', 'a model in the catalogue, or a GGUF file')
    .option(
      '--why',
      'print why an automatic suggestion would or would not appear there, and what would change that',
    )
    .action((place: SourcePosition, options: CompleteOptions, command: Command) =>
      complete(context, place, options, isJson(command)),
    );
}

async function complete(
  context: CommandContext,
  place: SourcePosition,
  options: CompleteOptions,
  asJson: boolean,
): Promise<void> {
  const { terminal, signal } = context;
  const document = await readDocument(place);
  const { model, why = false } = options;
  const engineOptions = {
    ...(model === undefined ? {} : { model }),
    contextProvider: contextProviderOf(document),
  };
  await withEngine(context, engineOptions, async ({ completion, settings, status }) => {
    const position = { line: place.line, character: place.character };
    const maxLines = settings.completionMaxLines;
    if (why) {
      const result = await completion.why(document, position, { ...AUTOMATIC, maxLines }, signal);
      const sentence = outcomeText(result.outcome);
      if (asJson) writeJson(terminal, { why: sentence, outcome: result.outcome, times: result.times });
      else terminal.writeResult(`${sentence}\n`);
      return;
    }
    const explicit = { isInvoked: true, isSingle: true, maxLines };
    const answer = await completion.complete(document, position, explicit, signal);
    writeAnswer(terminal, answer, status.models[0]?.device, asJson);
  });
}

function writeAnswer(
  terminal: Terminal,
  { completions, stats, outcome }: CompletionAnswer,
  device: DeviceInfo | undefined,
  asJson: boolean,
): void {
  const text = completions[0]?.insertText;
  // Where no completion is made at all, nothing was evaluated.
  const evaluated = stats.model === '' ? undefined : stats;
  if (asJson) {
    writeJson(terminal, { text: text ?? null, ...evaluated, device, outcome });
    return;
  }
  terminal.writeResult(`${text ?? ''}\n`);
  if (evaluated !== undefined)
    terminal.writeNote(`${statsLine(evaluated)}${device === undefined ? '' : `, ${deviceText(device)}`}\n`);
}

/** Reads the files around it as an editor's project. */
function contextProviderOf(document: TextDocument): WorkspaceContextProvider {
  const documents = { get: (uri: string) => (uri === document.uri ? document : undefined) };
  const trees = new SyntaxTrees();
  return new WorkspaceContextProvider(documents, new ProjectContext(documents, trees), trees);
}

async function readDocument({ file, line, character }: SourcePosition): Promise<TextDocument> {
  const { text } = await SourceFile.read(file);
  checkPlace(file, text, line, character);
  const path = resolve(file);
  return TextDocument.create(pathToFileURL(path).href, languageOfFile(path, text), 1, text);
}

function statsLine(stats: CompletionStats): string {
  const { model, promptTokens, completionTokens, firstTokenMs, totalMs, tokensPerSecond } = stats;
  const speed = tokensPerSecond > 0 ? `, ${tokensPerSecond.toFixed(1)} tokens/s` : '';
  return `${model}: ${promptTokens} prompt tokens, first token after ${(firstTokenMs / 1000).toFixed(2)} s, ${completionTokens} tokens in ${(totalMs / 1000).toFixed(2)} s${speed}`;
}

function parsePosition(text: string): SourcePosition {
  const found = /^(.+):(\d+):(\d+)$/s.exec(text);
  const [line, column] = [Number(found?.[2]), Number(found?.[3])];
  if (found?.[1] === undefined || line < 1 || column < 1) {
    throw new InvalidArgumentError('Must be FILE:LINE:COLUMN, counted from 1.');
  }
  return { file: found[1], line: line - 1, character: column - 1 };
}
