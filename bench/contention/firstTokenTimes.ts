import { InlineCompletionRequest } from '../../src/protocol/completion.js';
import type { EngineProcess } from '../../test/engine/support/engineProcess.js';
import { sourceFiles, type SourceFile } from '../corpus/sourceFiles.js';

/** Milliseconds from each request to its first token. */
export interface FirstTokenTimes {
  readonly warm: readonly number[];
  readonly cold: readonly number[];
}

const WARM_REQUESTS = 4;
const COLD_REQUESTS = 2;
/** Idle time between two requests, in which the engine finishes its prefetches and prefills. */
const IDLE_MS = 1500;
/** Starts of lines to be completed. */
const LINE_STARTS = ['result = ', 'self.value = ', 'for item in ', 'return ', 'names = sorted(', 'print('];

let files: readonly SourceFile[] | undefined;
let openedCount = 0;

/** Requests completions in files that are new to the engine: first cold, then in lines that are typed there (warm). */
export async function measureFirstTokens(engine: EngineProcess, name: string): Promise<FirstTokenTimes> {
  const [warm, cold]: [number[], number[]] = [[], []];
  for (let count = 0; count < COLD_REQUESTS; count++) {
    const { uri, line } = await openUnseenFile(engine, name);
    cold.push(await requestCompletion(engine, uri, line, 0));
    for (let typed = 0; typed < WARM_REQUESTS / COLD_REQUESTS; typed++)
      warm.push(await requestCompletion(engine, uri, line, typed + 1));
    await engine.connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
  }
  return { warm, cold };
}

/** Opens a Python file with a unique first line, so that no cache contains its beginning. */
async function openUnseenFile(engine: EngineProcess, name: string): Promise<{ uri: string; line: number }> {
  files ??= sourceFiles(process.env['YOUTU_ROOT'] ?? process.cwd()).filter(
    ({ language, text }) => language === 'python' && text.length > 6000 && text.length < 30_000,
  );
  const index = openedCount++;
  const file = files[(index * 37) % files.length];
  if (file === undefined) throw new Error('no Python library on this machine');
  const lines = file.text.split('\n');
  const line = lines.findIndex((text, at) => at > 60 && /^ {8}\S/.test(text));
  const editedLines = [...lines.slice(0, line), '', ...lines.slice(line)];
  // Also shortly before the cursor: the prompt may not reach back to the first line.
  editedLines.splice(Math.max(0, line - 40), 0, `# ${name} ${index}`);
  const uri = `file:///contention/${index}.py`;
  await engine.connection.sendNotification('textDocument/didOpen', {
    textDocument: { uri, languageId: 'python', version: 1, text: editedLines.join('\n') },
  });
  return { uri, line: line + 1 };
}

/** Types the start of a line and requests a completion; returns the time to its first token. */
async function requestCompletion(
  engine: EngineProcess,
  uri: string,
  line: number,
  round: number,
): Promise<number> {
  await new Promise((resolve) => setTimeout(resolve, IDLE_MS));
  const text = `        ${LINE_STARTS[(openedCount + round) % LINE_STARTS.length] ?? ''}`;
  const start = { line, character: 0 };
  await engine.connection.sendNotification('textDocument/didChange', {
    textDocument: { uri, version: 2 + round },
    contentChanges: [{ range: { start, end: { line: line + 1, character: 0 } }, text: `${text}\n` }],
  });
  const previousCount = engine.stats.length;
  const sent = performance.now();
  await engine.connection.sendRequest(InlineCompletionRequest.method, {
    textDocument: { uri },
    position: { line, character: text.length },
    context: { triggerKind: 2 },
  });
  const milliseconds = performance.now() - sent;
  const stats = engine.stats.slice(previousCount).at(-1);
  if (stats === undefined) throw new Error('the engine sent no completion stats');
  // Without the time after the first token, as measured by the engine.
  return milliseconds - Math.max(0, stats.totalMs - stats.firstTokenMs);
}
