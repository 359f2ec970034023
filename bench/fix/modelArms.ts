// Ways to ask a model for a fix, each with its first answer and without any check: what the product's way is compared with.
import { AnswerWriter, type WritePlan } from '../../src/engine/edit/answerWriter.js';
import { shapeOf, withMargin, withoutMargin, type CodeShape } from '../../src/engine/edit/codeShape.js';
import { sourceOf, spanTextOf, textWith, type EditSource } from '../../src/engine/edit/editTask.js';
import { RegionRewrite } from '../../src/engine/edit/fix/candidates/regionRewrite.js';
import { cleanDraft } from '../../src/engine/edit/fix/draftCleaner.js';
import { fixPrompt, type FixQuestion } from '../../src/engine/edit/fix/fixPrompt.js';
import { findRegion } from '../../src/engine/edit/fix/region.js';
import { textsIn, type LineSpan } from '../../src/engine/language/lines.js';
import { GREEDY } from '../../src/engine/model/model.js';
import { requestFor, type FixArm, type ModelDeps } from './arms.js';
import type { FixCase } from './fixCases.js';
import { replaced, searchReplacePrompt } from './searchReplace.js';

/** A smaller model is shown two solved examples, as in the product. */
const SMALL_MODEL_BYTES = 800_000_000;
/** Lines around the erroneous one that the model sees when it fills that one in. */
const [INFILL_BEFORE, INFILL_AFTER] = [25, 12];

/** The first answer, token by token: what the times of the others are compared with. */
export const PLAIN = 'first answer, plain';

/** What is rewritten in a case. */
interface Region {
  readonly source: EditSource;
  readonly span: LineSpan;
  readonly shape: CodeShape;
  readonly question: FixQuestion;
}

/** @returns the whole text with the fix; `undefined` when there is none */
type Ask = (region: Region, writer: AnswerWriter) => Promise<string | undefined>;

/** @param deps called once for each arm */
export function modelArms(deps: () => ModelDeps): readonly FixArm[] {
  return [
    arm(PLAIN, deps(), (region, writer) => wholeRegion(region, writer, false)),
    arm('first answer', deps(), (region, writer) => wholeRegion(region, writer, true)),
    arm('changed lines', deps(), changedLines),
    arm('search/replace', deps(), searchReplace),
    arm('infill', deps(), infilledLine),
  ];
}

/** Lines of the region that a fix of a case rewrites. */
export function regionLines(fixCase: FixCase): number {
  const { document, params } = requestFor(fixCase);
  const { lines, languageId } = sourceOf(document);
  const span = findRegion(lines, params, languageId);
  return span === undefined ? 0 : span.end - span.start;
}

function arm(name: string, { queue, decoder }: ModelDeps, ask: Ask): FixArm {
  return {
    name,
    fix: async (fixCase) => {
      const region = regionOf(fixCase);
      if (region === undefined) return undefined;
      const { signal } = new AbortController();
      const text = await queue.use(signal, (context) =>
        ask(region, new AnswerWriter(decoder, queue.model, context, signal)),
      );
      if (text === undefined || text === region.source.text) return undefined;
      return { text, isVerified: false, origin: 'model' };
    },
  };
}

function regionOf(fixCase: FixCase): Region | undefined {
  const { document, params } = requestFor(fixCase);
  const source = sourceOf(document);
  const span = findRegion(source.lines, params, source.languageId);
  if (span === undefined) return undefined;
  const old = textsIn(source.lines, span);
  const shape = shapeOf(old, params.indent);
  const line = Math.min(Math.max(params.range.start.line, span.start), span.end - 1) - span.start;
  const { message } = fixCase.broken.diagnostic;
  const { languageId } = source;
  const code = withoutMargin(old, shape.margin);
  return {
    source,
    span,
    shape,
    question: { languageId, code, problems: [{ line, message }] },
  };
}

/** The whole region, to the model's end. */
async function wholeRegion(
  { source, span, shape, question }: Region,
  writer: AnswerWriter,
  repeatsPrompt: boolean,
): Promise<string | undefined> {
  const { code } = question;
  const prompt = fixPrompt(question, { withExamples: writer.model.sizeBytes < SMALL_MODEL_BYTES });
  const fence = /^`+/.exec(prompt.answerStart)?.[0] ?? '```';
  const cleaning = { fence, code, shape, before: [], after: [] };
  const plan = await planFor(writer, await writer.tokens(prompt), code.join('\n'));
  if (plan === undefined) return undefined;
  const answer = await writer.write(
    { ...plan, repeatsPrompt },
    (text) => cleanDraft(text, cleaning, false).isEnded,
  );
  const newText = spanTextOf(cleanDraft(answer.text, cleaning, true).lines, source, span);
  return textWith(source, span, newText);
}

/** As the product's first round: from shortly above the problem to where the answer rejoins the old text. */
async function changedLines(region: Region, writer: AnswerWriter): Promise<string | undefined> {
  const { shape, question } = region;
  const cleaning = { fence: '```', code: question.code, shape, before: [], after: [] };
  const rewrite = new RegionRewrite({ ...region, cleaning }, writer, () => undefined);
  return (await rewrite.write({ sampling: GREEDY, extent: 'near' }))?.document;
}

async function searchReplace(
  { source, span, shape, question }: Region,
  writer: AnswerWriter,
): Promise<string | undefined> {
  const prompt = searchReplacePrompt(question);
  const plan = await planFor(writer, await writer.tokens(prompt), question.code.join('\n'));
  if (plan === undefined) return undefined;
  const { text } = await writer.write({ ...plan, repeatsPrompt: true }, (written) => />{3,}/.test(written));
  const lines = replaced(question.code, prompt.answerStart + text);
  return lines && textWith(source, span, spanTextOf(withMargin(lines, shape.margin), source, span));
}

/** The erroneous line, filled in between those around it. */
async function infilledLine(
  { source, span, question }: Region,
  writer: AnswerWriter,
): Promise<string | undefined> {
  const { infill, bos } = writer.model;
  const line = span.start + (question.problems[0]?.line ?? 0);
  if (infill === undefined) return undefined;
  const above = textsIn(source.lines, { start: Math.max(0, line - INFILL_BEFORE), end: line });
  const below = textsIn(source.lines, {
    start: line + 1,
    end: Math.min(source.lines.count, line + 1 + INFILL_AFTER),
  });
  const text = (lines: readonly string[]): number[] => writer.model.tokenize(lines.join('\n'), false);
  const prompt = [
    ...(bos === undefined ? [] : [bos]),
    ...[infill.prefix, ...text([...above, ''])],
    ...[infill.suffix, ...text(['', ...below]), infill.middle],
  ];
  const request = { prompt, sampling: GREEDY, maxTokens: 80, repeatsPrompt: true };
  const answer = await writer.write(request, () => true);
  const [written = ''] = answer.text.split('\n');
  if (written.trim() === '') return undefined;
  return textWith(source, { start: line, end: line + 1 }, written.trimEnd());
}

/** @returns `undefined` when prompt and answer don't fit into the context */
async function planFor(
  writer: AnswerWriter,
  prompt: readonly number[],
  code: string,
): Promise<WritePlan | undefined> {
  const maxTokens = Math.ceil((await writer.count(code)) * 1.25) + 96;
  if (prompt.length + maxTokens >= writer.contextTokens) return undefined;
  return { prompt, maxTokens, sampling: GREEDY };
}
