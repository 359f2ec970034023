// How many of the broken snippets in test/fixtures/fixes a model fixes.
//   node scripts/bench.mjs fixes [--model PATH] [--language ID] [--surrounded] [--json]
// A snippet counts as fixed if the new text is one of those that its file accepts, with all other lines unchanged.
// --surrounded puts each snippet between correct ones of its language, so that the region must be found in a longer file.
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { modelsFolder } from '../src/engine/catalogue/modelsFolder.js';
import { Decoder } from '../src/engine/decoding/decoder.js';
import { ContextQueue } from '../src/engine/decoding/contextQueue.js';
import { Scheduler } from '../src/engine/decoding/scheduler.js';
import { EditService } from '../src/engine/edit/editService.js';
import { SyntaxTrees } from '../src/engine/syntax/syntaxTrees.js';
import { LlamaLoader } from '../src/engine/model/llamaLoader.js';
import { EngineError } from '../src/protocol/errors.js';
import { DEFAULT_SETTINGS } from '../src/protocol/settings.js';
import { acceptedTexts, fixCases, withNeighbours, type FixCase } from '../test/fixtures/fixes/fixCases.js';

const { values } = parseArgs({
  options: {
    model: { type: 'string', default: join(modelsFolder(), 'qwen2.5-coder-0.5b-instruct-q4_k_m.gguf') },
    language: { type: 'string' },
    surrounded: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});

interface Outcome {
  readonly language: string;
  readonly name: string;
  /** `fixed`: fixed as the snippet's file expects; `other`: another text; `none`: no result. */
  readonly result: 'fixed' | 'other' | 'none';
  readonly verdict: string;
  readonly seconds: number;
  readonly tokens: number;
  readonly newText: string;
}

const loader = new LlamaLoader(
  () => DEFAULT_SETTINGS,
  () => undefined,
);
const model = await loader.load({ id: 'bench', path: values.model }, { onProgress: () => undefined });
const queue = new ContextQueue(model, 'fix', { contextTokens: 4096, batchTokens: 128 });
const service = new EditService(
  { contextQueue: () => Promise.resolve(queue) },
  new Decoder(new Scheduler()),
  { during: (_, work) => work() },
  { syntax: new SyntaxTrees() },
);
const outcomes: Outcome[] = [];
for (const fixCase of fixCases(values.language)) {
  const outcome = await tryFix(values.surrounded ? withNeighbours(fixCase) : fixCase);
  outcomes.push(outcome);
  if (!values.json) print(fixCase, outcome);
}
const fixedCount = outcomes.filter(({ result }) => result === 'fixed').length;
if (values.json) console.log(JSON.stringify({ fixed: fixedCount, of: outcomes.length, outcomes }, null, 2));
else console.log(`\n${fixedCount} of ${outcomes.length} fixed`);
await queue.dispose();
await model.dispose();
process.exit(0);

async function tryFix(fixCase: FixCase): Promise<Outcome> {
  const { language, name, code, diagnostic } = fixCase;
  const document = TextDocument.create('file:///snippet', language, 1, `${code.join('\n')}\n`);
  const line = diagnostic.line - 1;
  const character = code[line]?.indexOf(diagnostic.text) ?? 0;
  const range = {
    start: { line, character },
    end: { line, character: character + diagnostic.text.length },
  };
  const started = performance.now();
  const base = { language, name };
  try {
    const result = await service.edit(
      {
        textDocument: { uri: document.uri, version: 1 },
        intent: 'fix',
        range,
        isSelection: false,
        diagnostics: [{ range, message: diagnostic.message, severity: 1 }],
        indent: { useTabs: language === 'go', size: 4 },
        progressToken: 0,
      },
      document,
      new AbortController().signal,
      () => undefined,
    );
    const text = TextDocument.applyEdits(document, [{ range: result.range, newText: result.newText }]);
    const { verdict } = result;
    return {
      ...base,
      result: acceptedTexts(fixCase).includes(withoutTrailingBlanks(text)) ? 'fixed' : 'other',
      verdict: `${result.origin}, ${verdict.kind === 'verified' ? 'verified' : verdict.reason}`,
      seconds: (performance.now() - started) / 1000,
      tokens: result.completionTokens,
      newText: text,
    };
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    const verdict = JSON.stringify(error.data);
    return {
      ...base,
      result: 'none',
      verdict,
      seconds: (performance.now() - started) / 1000,
      tokens: 0,
      newText: '',
    };
  }
}

function print({ code }: FixCase, { language, name, result, verdict, seconds, newText }: Outcome): void {
  const sign = { fixed: '✓', other: '✗', none: '–' }[result];
  console.log(`${sign} ${language}: ${name} (${seconds.toFixed(1)} s, ${verdict})`);
  if (result !== 'other' || values.surrounded) return;
  const lines = newText.split('\n');
  for (const line of lines) if (!code.includes(line)) console.log(`    + ${line}`);
  for (const line of code) if (!lines.includes(line)) console.log(`    - ${line}`);
}

function withoutTrailingBlanks(text: string): string {
  return text
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
    .trim();
}
