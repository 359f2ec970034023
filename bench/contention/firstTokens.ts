import { InlineCompletionRequest } from '../../src/protocol/completion.js';
import type { EngineProcess } from '../../test/engine/support/engineProcess.js';
import { sourceFiles, type SourceFile } from '../corpus/sourceFiles.js';

/** Milliseconds from a request to its first token, one number a request. */
export interface FirstTokens {
  readonly warm: readonly number[];
  readonly cold: readonly number[];
}

const WARM = 4;
const COLD = 2;
/** Between two requests, so that what the engine does ahead is done. */
const REST_MS = 1500;
/** Beginnings of lines that one has to go on with. */
const BEGINNINGS = ['result = ', 'self.value = ', 'for item in ', 'return ', 'names = sorted(', 'print('];

let files: readonly SourceFile[] | undefined;
let opened = 0;

/** Asks for completions in files that the engine has not seen: at once (cold), then in lines that are typed there. */
export async function firstTokens(engine: EngineProcess, name: string): Promise<FirstTokens> {
  const [warm, cold]: [number[], number[]] = [[], []];
  for (let count = 0; count < COLD; count++) {
    const { uri, line } = await openUnseen(engine, name);
    cold.push(await ask(engine, uri, line, 0));
    for (let typed = 0; typed < WARM / COLD; typed++) warm.push(await ask(engine, uri, line, typed + 1));
    await engine.connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
  }
  return { warm, cold };
}

/** A Python file, under a first line of its own so that no cache holds its beginning. */
async function openUnseen(engine: EngineProcess, name: string): Promise<{ uri: string; line: number }> {
  files ??= sourceFiles(process.env['YOUTU_ROOT'] ?? process.cwd()).filter(
    ({ language, text }) => language === 'python' && text.length > 6000 && text.length < 30_000,
  );
  const number = opened++;
  const file = files[(number * 37) % files.length];
  if (file === undefined) throw new Error('no Python library on this machine');
  const lines = file.text.split('\n');
  const line = lines.findIndex((text, at) => at > 60 && /^ {8}\S/.test(text));
  const around = [...lines.slice(0, line), '', ...lines.slice(line)];
  // Above the place too: the engine may not look as far back as the first line.
  around.splice(Math.max(0, line - 40), 0, `# ${name} ${number}`);
  const uri = `file:///contention/${number}.py`;
  await engine.connection.sendNotification('textDocument/didOpen', {
    textDocument: { uri, languageId: 'python', version: 1, text: around.join('\n') },
  });
  return { uri, line: line + 1 };
}

/** Types the beginning of a line and asks what comes next. */
async function ask(engine: EngineProcess, uri: string, line: number, turn: number): Promise<number> {
  await new Promise((resolve) => setTimeout(resolve, REST_MS));
  const text = `        ${BEGINNINGS[(opened + turn) % BEGINNINGS.length] ?? ''}`;
  const start = { line, character: 0 };
  await engine.connection.sendNotification('textDocument/didChange', {
    textDocument: { uri, version: 2 + turn },
    contentChanges: [{ range: { start, end: { line: line + 1, character: 0 } }, text: `${text}\n` }],
  });
  const known = engine.figures.length;
  const sent = performance.now();
  await engine.connection.sendRequest(InlineCompletionRequest.method, {
    textDocument: { uri },
    position: { line, character: text.length },
    context: { triggerKind: 2 },
  });
  const milliseconds = performance.now() - sent;
  const figures = engine.figures.slice(known).at(-1);
  if (figures === undefined) throw new Error('the engine tells no figures');
  // What the answer took after its first token, by the engine's own count, is not of interest here.
  return milliseconds - Math.max(0, figures.totalMs - figures.firstTokenMs);
}
