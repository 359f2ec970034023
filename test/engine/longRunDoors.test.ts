import assert from 'node:assert/strict';
import { ResponseError } from 'vscode-languageserver-protocol/node';
import { ChatRequest } from '../../src/protocol/chat.js';
import { EditRequest, type EditIntent } from '../../src/protocol/edit.js';
import { EngineErrorCode } from '../../src/protocol/errors.js';
import { askEngine } from './support/chatClient.js';
import { coderEngine } from './support/coderEngine.js';
import type { EngineProcess } from './support/engineProcess.js';
import { longRun, runsOf } from '../fixtures/longRuns.js';

const LENGTH = 200_000;
const RUNS = runsOf(
  'letters',
  'blanks',
  'line ends',
  'opening brackets',
  'opening braces with blanks',
  'Chinese',
  'emoji',
  'minified code',
  'beginnings of calls',
  'control tokens',
  'thoughts',
  'fences',
  'backslashes',
);

type Door = (engine: EngineProcess, run: string, id: string) => Promise<unknown>;

const edit =
  (intent: EditIntent): Door =>
  async (engine, run, id) => {
    const uri = `file:///long/${id}`;
    const text = `def add(a, b):\n    s = "${run}"\n    return a + b\n`;
    const textDocument = { uri, languageId: 'python', version: 1, text };
    await engine.connection.sendNotification('textDocument/didOpen', { textDocument });
    const range = { start: { line: 0, character: 4 }, end: { line: 0, character: 7 } };
    const diagnostics = intent === 'fix' ? [{ range, message: run, severity: 1 }] : [];
    return engine.connection.sendRequest(EditRequest.method, {
      textDocument: { uri, version: 1 },
      ...{ intent, range, diagnostics },
      ...{ isSelection: false, indent: { useTabs: false, size: 4 }, progressToken: id },
    });
  };
const ask = (engine: EngineProcess, messages: readonly object[], id: string): Promise<unknown> =>
  engine.connection.sendRequest(ChatRequest.method, { messages, progressToken: id, seed: 1 });

async function stillAnswers(engine: EngineProcess): Promise<void> {
  const { result } = await askEngine(engine, [{ role: 'user', content: 'colour?' }]);
  assert.equal(result.text, 'Blue.');
}

const DOORS: Readonly<Record<string, Door>> = {
  'a completion before it': (engine, run) =>
    engine.complete(`def square(x):\n    return▮ ${run}\n`, 'python'),
  'a completion after it': (engine, run) => engine.complete(`x = ${run}▮\n`, 'typescript'),
  'a completion below it': (engine, run) => engine.complete(`s = "${run}"\nx = json▮\n`, 'python'),
  'a fix': edit('fix'),
  'a doc comment': edit('document'),
  'a question': (engine, run, id) => ask(engine, [{ role: 'user', content: `${run}\ncolour?` }], id),
  'a history': (engine, run, id) =>
    ask(
      engine,
      [
        { role: 'system', content: run },
        { role: 'user', content: run },
        { role: 'assistant', content: run },
        { role: 'user', content: 'colour?' },
      ],
      id,
    ),
};

describe('long runs through the engine', function () {
  this.timeout(60_000);

  for (const [what, unit] of RUNS)
    it(`are answered, or refused for a reason: ${what}`, async () => {
      const engine = await coderEngine();
      const run = longRun(unit, LENGTH);
      for (const [door, through] of Object.entries(DOORS))
        await through(engine, run, `${what} ${door}`).catch((error: unknown) => {
          assert.ok(error instanceof ResponseError, String(error));
          assert.ok(
            Object.values(EngineErrorCode).includes(error.code as never),
            `${door}: ${error.message}`,
          );
        });
      await stillAnswers(engine);
    });

  it('leave time for another request while a long history is tokenized', async () => {
    const engine = await coderEngine();
    const run = 'ab '.repeat(LENGTH / 3);
    const order: string[] = [];
    const messages = Array.from({ length: 20 }, () => ({ role: 'user', content: run }));
    const long = ask(engine, messages, 'long').finally(() => order.push('long'));
    const small = engine.connection.sendRequest('youtu/none').catch(() => order.push('small'));
    await Promise.allSettled([long, small]);
    assert.deepEqual(order, ['small', 'long']);
  });

  it('may be nested: brackets 40,000 deep around the cursor', async () => {
    const engine = await coderEngine();
    const deep = `x = ${'['.repeat(40_000)}▮${']'.repeat(40_000)}\n`;
    await engine.complete(deep, 'python');
    await stillAnswers(engine);
  });
});
