// A naive engine as the baseline for the product. It decodes each request from scratch: raw infill prompt (text before the
// cursor, text after it, middle token), empty cache, greedy, up to the end of the line. A newer request stops an older
// one between two tokens; completions are not cached.
import {
  createConnection,
  ProposedFeatures,
  TextDocuments,
  TextDocumentSyncKind,
  type CancellationToken,
  type InlineCompletionItem,
  type Position,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { endWithParent } from '../../src/engine/lsp/lifecycle.js';
import { chooseThreads } from '../../src/engine/model/threads/threadCounts.js';
import { CompletionStatsNotification, type CompletionStats } from '../../src/protocol/completion.js';
import { openRawModel, type RawModel } from '../machine/rawModel.js';

/** About the size of the product's prompt on two cores: some 300 tokens. */
const CHARACTERS = { before: 1000, after: 300 };
const MAX_TOKENS = 64;

const connection = createConnection(ProposedFeatures.all);
const documents = new TextDocuments(TextDocument);
let model: Promise<RawModel> | undefined;
let last: Promise<unknown> = Promise.resolve();
let [evaluatedTotal, decodingsTotal] = [0, 0];

connection.onInitialize(({ initializationOptions }) => {
  const { path } = initializationOptions as { path: string };
  model = openRawModel(path, { contextTokens: 4096, batchTokens: 128, threads: chooseThreads(0) });
  return {
    capabilities: { textDocumentSync: TextDocumentSyncKind.Incremental, inlineCompletionProvider: true },
  };
});
connection.languages.inlineCompletion.on(async ({ textDocument, position }, token) => {
  const answer = last.then(() => complete(textDocument.uri, position, token));
  last = answer.catch(() => undefined);
  return answer;
});
endWithParent(() => false);
documents.listen(connection);
connection.listen();

async function complete(
  uri: string,
  position: Position,
  token: CancellationToken,
): Promise<InlineCompletionItem[] | null> {
  const isCancelled = (): boolean => token.isCancellationRequested;
  const document = documents.get(uri);
  if (isCancelled() || document === undefined || model === undefined) return null;
  const raw = await model;
  const { sequence, native } = raw;
  const [started, offset, text] = [performance.now(), document.offsetAt(position), document.getText()];
  const { prefix, suffix, middle } = native.tokens.infill;
  if (prefix === null || suffix === null || middle === null)
    throw new Error('the model has no infill tokens');
  const prompt = [
    prefix,
    ...native.tokenize(text.slice(Math.max(0, offset - CHARACTERS.before), offset)),
    suffix,
    ...native.tokenize(text.slice(offset, offset + CHARACTERS.after)),
    middle,
  ];
  await sequence.clearHistory();
  const tokens: typeof prompt = [];
  let [answer, firstTokenMs] = ['', 0];
  for await (const next of raw.evaluate(prompt)) {
    if (tokens.length === 0) firstTokenMs = performance.now() - started;
    tokens.push(next);
    answer = native.detokenize(tokens);
    if (isCancelled() || /\S[^\n]*\n/.test(answer) || tokens.length >= MAX_TOKENS) break;
  }
  const totalMs = performance.now() - started;
  evaluatedTotal += prompt.length + tokens.length;
  decodingsTotal++;
  await connection.sendNotification(CompletionStatsNotification, {
    model: 'naive',
    source: 'decoded',
    prompt: 'infill',
    promptTokens: prompt.length,
    cachedTokens: 0,
    completionTokens: tokens.length,
    firstTokenMs,
    totalMs,
    evaluatedTotal,
    decodingsTotal,
    tokensPerSecond: (1000 * (tokens.length - 1)) / Math.max(1, totalMs - firstTokenMs),
    stop: isCancelled() ? 'cancelled' : 'line',
  } satisfies CompletionStats);
  const insertText = /^\s*\S[^\n]*/.exec(answer)?.[0] ?? '';
  return insertText === '' || isCancelled() ? null : [{ insertText }];
}
