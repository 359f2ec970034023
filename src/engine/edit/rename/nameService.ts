import { Position, type Connection, type TextDocuments } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { NamesRequest, type NamesParams, type NamesResult } from '../../../protocol/rename.js';
import { abortable, answerRequest, invalidParams } from '../../cancellation.js';
import type { Decoder } from '../../decoding/decoder.js';
import { textsIn, type Lines } from '../../language/lines.js';
import { GREEDY } from '../../model/model.js';
import type { ModelHost } from '../../model/modelHost.js';
import type { StatusReporter } from '../../status/statusReporter.js';
import { AnswerWriter, RETRY_SAMPLING } from '../answerWriter.js';
import { commonMargin, withoutMargin } from '../codeShape.js';
import { impossible, sourceOf } from '../editTask.js';
import { findRegion } from '../fix/region.js';
import { formOf, inForm, isFree, nameAt, namesIn } from './nameForm.js';
import { namePrompt, type NameQuestion } from './namePrompt.js';

const WANTED = 3;
const MAX_ROUNDS = 3;
const MAX_TOKENS = 48;
/** Lines of the block around the name, … */
const MAX_LINES = 30;
/** … and others that use it. */
const MAX_USES = 8;
const MAX_LINE_LENGTH = 160;

/** Finds other names for a symbol. */
export class NameService {
  constructor(
    private readonly host: Pick<ModelHost, 'contextQueue'>,
    private readonly decoder: Decoder,
    private readonly status: Pick<StatusReporter, 'during'>,
  ) {}

  /**
   * @param document as the editor has it; `undefined` when it isn't open here
   * @throws EngineError `editImpossible`; the signal's reason when aborted
   */
  async names(
    { textDocument, position }: NamesParams,
    document: TextDocument | undefined,
    signal: AbortSignal,
  ): Promise<NamesResult> {
    if (document === undefined) throw impossible('noDocument');
    if (document.version !== textDocument.version) throw impossible('documentChanged');
    const { lines, languageId, text } = sourceOf(document);
    const found = nameAt(lines.at(position.line), position.character);
    if (found === undefined) throw impossible('noName');
    const { name, start } = found;
    const question = { languageId, name, code: codeAbout(lines, name, position.line) };
    const taken = namesIn(text);
    const form = formOf(name, taken, languageId, lines.at(position.line));
    const accept = (proposal: string): string | undefined => {
      const each = inForm(proposal, form);
      return each !== undefined && isFree(each, languageId, taken) ? each : undefined;
    };
    const { names, model } = await this.write(question, accept, signal);
    if (names.length === 0) throw impossible('noNames');
    const range = {
      start: { line: position.line, character: start },
      end: { line: position.line, character: start + name.length },
    };
    return { range, oldName: name, names, model };
  }

  private async write(
    question: NameQuestion,
    accept: (proposal: string) => string | undefined,
    signal: AbortSignal,
  ): Promise<Pick<NamesResult, 'names' | 'model'>> {
    const queue = await abortable(this.host.contextQueue('fix'), signal);
    return this.status.during('fix', () =>
      queue.use(signal, async (context) => {
        const writer = new AnswerWriter(this.decoder, queue.model, context, signal);
        const prompt = await writer.tokens(namePrompt(question));
        if (prompt.length + MAX_TOKENS >= writer.contextTokens) throw impossible('regionTooLong');
        const names = new Set<string>();
        for (let round = 0; round < MAX_ROUNDS && names.size < WANTED; round++) {
          const sampling = round === 0 ? GREEDY : RETRY_SAMPLING;
          const plan = { prompt, sampling, maxTokens: MAX_TOKENS };
          const { text } = await writer.write(plan, (written) => {
            // The last line may not be whole yet.
            const whole = proposalsIn(written.slice(0, written.lastIndexOf('\n')));
            return new Set(whole.map(accept).filter((name) => name !== undefined)).size >= WANTED;
          });
          for (const proposal of proposalsIn(text)) {
            const name = accept(proposal);
            if (name !== undefined) names.add(name);
          }
        }
        return { names: [...names].slice(0, WANTED), model: queue.model.id };
      }),
    );
  }
}

/** The names of a list: one a line, or with commas between them. */
function proposalsIn(text: string): string[] {
  return text
    .split(/[\n,]/)
    .map((line) => /^(?:\s*(?:\d+[.)]|[-*]))?\s*[`"'*]*([A-Za-z_$][\w$-]*)[`"'*]*/.exec(line)?.[1])
    .filter((name) => name !== undefined);
}

function codeAbout(lines: Lines, name: string, line: number): readonly string[] {
  const at = { start: { line, character: 0 }, end: { line, character: 0 } };
  const region = findRegion(lines, { range: at, isSelection: false }) ?? { start: line, end: line + 1 };
  const first = Math.max(region.start, Math.min(line - MAX_LINES / 2, region.end - MAX_LINES));
  const span = { start: first, end: Math.min(region.end, first + MAX_LINES) };
  const around = textsIn(lines, span);
  const isUse = (text: string): boolean => namesIn(text).has(name);
  const others = textsIn(lines, { start: 0, end: lines.count }).filter(
    (text, index) => (index < span.start || index >= span.end) && isUse(text),
  );
  const uses = others.slice(0, MAX_USES).map((text) => text.trim());
  return [...withoutMargin(around, commonMargin(around)), ...(uses.length === 0 ? [] : ['', ...uses])].map(
    (text) => text.slice(0, MAX_LINE_LENGTH),
  );
}

function isNamesParams(params: unknown): params is NamesParams {
  const { textDocument, position } = Object(params) as Partial<Record<keyof NamesParams, unknown>>;
  const { uri, version } = Object(textDocument) as Partial<Record<string, unknown>>;
  return typeof uri === 'string' && typeof version === 'number' && Position.is(position);
}

/** Answers `youtu/names`. */
export function registerNames(
  connection: Connection,
  documents: TextDocuments<TextDocument>,
  service: NameService,
): void {
  connection.onRequest(NamesRequest, (params, token) =>
    isNamesParams(params)
      ? answerRequest(token, (signal) =>
          service.names(params, documents.get(params.textDocument.uri), signal),
        )
      : invalidParams('textDocument: { uri, version }, position: { line, character }'),
  );
}
