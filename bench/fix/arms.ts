import { TextDocument } from 'vscode-languageserver-textdocument';
import type { EditParams } from '../../src/protocol/edit.js';
import { EngineError } from '../../src/protocol/errors.js';
import { machineCheckers } from '../../src/engine/checkers/machineCheckers.js';
import { Workspace } from '../../src/engine/completion/context/workspace.js';
import type { ContextQueue } from '../../src/engine/decoding/contextQueue.js';
import type { Decoder } from '../../src/engine/decoding/decoder.js';
import { AnswerWriter } from '../../src/engine/edit/answerWriter.js';
import { indentAt, shapeOf, withoutMargin } from '../../src/engine/edit/codeShape.js';
import { EditService } from '../../src/engine/edit/editService.js';
import { sourceOf, spanTextOf, textWith } from '../../src/engine/edit/editTask.js';
import { cleanDraft } from '../../src/engine/edit/fix/draftCleaner.js';
import { fixPrompt } from '../../src/engine/edit/fix/fixPrompt.js';
import { FixTask, type FixChecks } from '../../src/engine/edit/fix/fixTask.js';
import { findRegion } from '../../src/engine/edit/fix/region.js';
import { textsIn } from '../../src/engine/language/lines.js';
import { GREEDY } from '../../src/engine/model/model.js';
import type { SyntaxTrees } from '../../src/engine/syntax/syntaxTrees.js';
import type { FixCase } from './fixCases.js';

/** What an arm offers for a case. */
export interface Offer {
  /** The whole text with the fix. */
  readonly text: string;
  readonly isVerified: boolean;
  /** Where the fix comes from, with the reason when it isn't verified. */
  readonly origin: string;
}

export interface FixArm {
  readonly name: string;
  /** @returns `undefined` when it offers nothing */
  fix(fixCase: FixCase): Promise<Offer | undefined>;
}

interface ModelDeps {
  readonly queue: ContextQueue;
  readonly decoder: Decoder;
}

/** A smaller model is shown two solved examples, as in the product. */
const SMALL_MODEL_BYTES = 800_000_000;

/** The product's candidates that need no model. */
export function cheapArm(trees: SyntaxTrees): FixArm {
  const checks = checksWith(trees);
  return {
    name: 'no model',
    fix: async (fixCase) => {
      const { document, params } = requestFor(fixCase);
      const task = new FixTask(sourceOf(document), params, checks);
      const outcome = await task.withoutModel(() => undefined, new AbortController().signal);
      if (outcome === undefined) return undefined;
      const text = textWith(sourceOf(document), outcome.span, outcome.newText);
      return { text, ...verdictOf(outcome) };
    },
  };
}

/** The whole fix of the product. */
export function productArm(trees: SyntaxTrees, { queue, decoder }: ModelDeps): FixArm {
  const host = { contextQueue: () => Promise.resolve(queue) };
  const service = new EditService(host, decoder, { during: (_, work) => work() }, checksWith(trees));
  return {
    name: 'product',
    fix: async (fixCase) => {
      const { document, params } = requestFor(fixCase);
      try {
        const result = await service.edit(params, document, new AbortController().signal, () => undefined);
        const text = TextDocument.applyEdits(document, [{ range: result.range, newText: result.newText }]);
        return { text, ...verdictOf(result) };
      } catch (error) {
        if (error instanceof EngineError && error.data.kind === 'editImpossible') return undefined;
        throw error;
      }
    },
  };
}

/** The model's first answer, the whole region greedily, with no check. */
export function firstAnswerArm({ queue, decoder }: ModelDeps): FixArm {
  return {
    name: 'first answer',
    fix: async (fixCase) => {
      const { document, params } = requestFor(fixCase);
      const source = sourceOf(document);
      const span = findRegion(source.lines, params);
      if (span === undefined) return undefined;
      const old = textsIn(source.lines, span);
      const shape = shapeOf(old, params.indent);
      const code = withoutMargin(old, shape.margin);
      const line = Math.min(Math.max(params.range.start.line, span.start), span.end - 1) - span.start;
      const problems = [{ line, message: fixCase.broken.diagnostic.message }];
      const { languageId } = source;
      return queue.use(new AbortController().signal, async (context) => {
        const writer = new AnswerWriter(decoder, queue.model, context, new AbortController().signal);
        const question = { languageId, code, problems, before: [], after: [] };
        const prompt = fixPrompt(question, { withExamples: queue.model.sizeBytes < SMALL_MODEL_BYTES });
        const fence = /^`+/.exec(prompt.answerStart)?.[0] ?? '```';
        const cleaning = { fence, code, shape, before: [], after: [] };
        const maxTokens = Math.ceil((await writer.count(code.join('\n'))) * 1.25) + 96;
        const tokens = await writer.tokens(prompt);
        if (tokens.length + maxTokens >= writer.contextTokens) return undefined;
        const request = { prompt: tokens, sampling: GREEDY, maxTokens, repeatsPrompt: true };
        const answer = await writer.write(request, (text) => cleanDraft(text, cleaning, false).isEnded);
        const newText = spanTextOf(cleanDraft(answer.text, cleaning, true).lines, source, span);
        const text = textWith(source, span, newText);
        return text === source.text ? undefined : { text, isVerified: false, origin: 'model' };
      });
    },
  };
}

function checksWith(syntax: SyntaxTrees): FixChecks {
  return { syntax, checkers: machineCheckers(new Workspace()) };
}

function verdictOf({
  verdict,
  origin,
}: Pick<Awaited<ReturnType<EditService['edit']>>, 'verdict' | 'origin'>): {
  readonly isVerified: boolean;
  readonly origin: string;
} {
  return { isVerified: verdict.kind === 'verified', origin };
}

/** As an editor asks: with the diagnostic, for a trusted workspace. */
function requestFor({ original, broken }: FixCase): { document: TextDocument; params: EditParams } {
  const document = TextDocument.create(original.uri, original.languageId, 1, broken.text);
  const { line, column, message } = broken.diagnostic;
  const end = document.positionAt(document.offsetAt({ line: line + 1, character: 0 }) - 1).character;
  const start = { line, character: Math.min(column, end) };
  const range = { start, end: { line, character: Math.max(end, start.character) } };
  return {
    document,
    params: {
      textDocument: { uri: document.uri, version: 1 },
      intent: 'fix',
      range,
      isSelection: false,
      diagnostics: [{ range, message, severity: 1 }],
      indent: indentAt(document, range.start),
      isTrusted: true,
      progressToken: '',
    },
  };
}
