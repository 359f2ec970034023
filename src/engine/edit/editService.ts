import { TextDocument } from 'vscode-languageserver-textdocument';
import type { EditParams, EditProgress, EditResult } from '../../protocol/edit.js';
import { abortable } from '../cancellation.js';
import { decodeSpeed } from '../decoding/decodeRun.js';
import type { Decoder } from '../decoding/decoder.js';
import type { ModelHost } from '../model/modelHost.js';
import type { StatusReporter } from '../status/statusReporter.js';
import { AnswerWriter } from './answerWriter.js';
import { DocumentAllTask } from './document/documentAllTask.js';
import { DocumentTask } from './document/documentTask.js';
import {
  impossible,
  sourceOf,
  spanRange,
  spanText,
  type EditOutcome,
  type EditSource,
  type EditTask,
} from './editTask.js';
import type { LineSpan } from '../language/lines.js';
import { FixTask, type FixChecks } from './fix/fixTask.js';
import { InstructTask } from './instruct/instructTask.js';

/** Makes edits: finds the lines, has the model rewrite them, and validates the result. */
export class EditService {
  constructor(
    private readonly host: Pick<ModelHost, 'contextQueue'>,
    private readonly decoder: Decoder,
    private readonly status: Pick<StatusReporter, 'during'>,
    /** Left out, fixes are made without a syntax check, and declarations are found by the looks of their lines. */
    private readonly checks: FixChecks = {},
  ) {}

  /**
   * Streams the new text through `report` while it is written.
   * @param document as the editor has it; `undefined` when it isn't open here
   * @throws EngineError; the signal's reason when aborted
   */
  async edit(
    params: EditParams,
    document: TextDocument | undefined,
    signal: AbortSignal,
    report: (progress: EditProgress) => void,
  ): Promise<EditResult> {
    if (document === undefined) throw impossible('noDocument');
    if (document.version !== params.textDocument.version) throw impossible('documentChanged');
    const source = sourceOf(editedDocument(document, params));
    const task = await this.taskFor(params, source, signal);
    const reporter = new RegionReporter(source, report);
    reporter.region(task.span);
    const quick = await this.status.during('fix', async () => await task.withoutModel?.(report, signal));
    if (quick !== undefined) {
      reporter.region(quick.span);
      report({ kind: 'draft', text: quick.newText });
      return { ...resultOf(source, quick), completionTokens: 0, tokensPerSecond: 0 };
    }
    const queue = await abortable(this.host.contextQueue('fix'), signal);
    return this.status.during('fix', () =>
      queue.use(signal, async (context) => {
        const writer = new AnswerWriter(this.decoder, queue.model, context, signal);
        const outcome = await task.write(writer, report);
        const last = writer.stats.at(-1);
        return {
          ...resultOf(source, outcome),
          completionTokens: writer.stats.reduce((sum, { completionTokens }) => sum + completionTokens, 0),
          tokensPerSecond: last === undefined ? 0 : decodeSpeed(last),
          model: queue.model.id,
        };
      }),
    );
  }

  private async taskFor(params: EditParams, source: EditSource, signal: AbortSignal): Promise<EditTask> {
    switch (params.intent) {
      case 'fix':
        return new FixTask(source, params, this.checks);
      case 'edit':
        return new InstructTask(source, params, this.checks);
      case 'document':
        return DocumentTask.create(source, params, this.checks.syntax, signal);
      case 'documentAll':
        return DocumentAllTask.create(source, params, this.checks.syntax, signal);
    }
  }
}

/** The document, or the text that it will have when earlier edits are made. */
function editedDocument(document: TextDocument, { text }: EditParams): TextDocument {
  if (text === undefined) return document;
  return TextDocument.create(document.uri, document.languageId, document.version, text);
}

function resultOf(
  source: EditSource,
  { span, newText, verdict, origin, documented, gone, newProblems }: EditOutcome,
): Omit<EditResult, 'completionTokens' | 'tokensPerSecond'> {
  const { version } = source;
  const oldText = spanText(source, span);
  return {
    version,
    range: spanRange(source, span),
    oldText,
    newText,
    verdict,
    origin,
    ...(documented === undefined ? {} : { documented }),
    ...(gone === undefined ? {} : { gone }),
    ...(newProblems === undefined ? {} : { newProblems }),
  };
}

/** Says which lines are going to be replaced, when these are other ones than before. */
class RegionReporter {
  private last: LineSpan | undefined;

  constructor(
    private readonly source: EditSource,
    private readonly report: (progress: EditProgress) => void,
  ) {}

  region(span: LineSpan): void {
    if (this.last?.start === span.start && this.last.end === span.end) return;
    this.last = span;
    this.report({ kind: 'region', range: spanRange(this.source, span) });
  }
}
