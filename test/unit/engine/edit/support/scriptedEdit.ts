import type { TextDocument } from 'vscode-languageserver-textdocument';
import { Decoder } from '../../../../../src/engine/decoding/decoder.js';
import { ContextQueue } from '../../../../../src/engine/decoding/contextQueue.js';
import { Scheduler } from '../../../../../src/engine/decoding/scheduler.js';
import { EditService } from '../../../../../src/engine/edit/editService.js';
import type { FixChecks } from '../../../../../src/engine/edit/fix/fixTask.js';
import type { StatusReporter } from '../../../../../src/engine/status/statusReporter.js';
import type { EditParams, EditProgress, EditResult } from '../../../../../src/protocol/edit.js';
import { ScriptedModel } from '../../../support/scriptedModel.js';

/** @param answer the model's answer to a prompt */
export function scriptedEditService(
  answer: (prompt: string) => string,
  {
    contextTokens = 8192,
    sizeBytes = 1,
    ...checks
  }: FixChecks & { readonly contextTokens?: number; readonly sizeBytes?: number } = {},
): EditService {
  const model = new ScriptedModel({ answer, trainedContextTokens: contextTokens, sizeBytes });
  const queue = new ContextQueue(model, 'fix', { contextTokens, batchTokens: 512 });
  const status: Pick<StatusReporter, 'during'> = { during: (_, work) => work() };
  return new EditService(
    { contextQueue: () => Promise.resolve(queue) },
    new Decoder(new Scheduler()),
    status,
    checks,
  );
}

/** Edits by a model with scripted answers. */
export class ScriptedEdit {
  readonly progress: EditProgress[] = [];
  /** The model's prompts, in order. */
  readonly prompts: string[] = [];
  private readonly service: EditService;

  /** @param answer the model's answer by 0-based attempt */
  constructor(
    answer: (time: number) => string,
    contextTokens?: number,
    syntax?: FixChecks['syntax'],
    checkers?: FixChecks['checkers'],
    sizeBytes?: number,
    suggestions?: FixChecks['suggestions'],
  ) {
    this.service = scriptedEditService((prompt) => answer(this.prompts.push(prompt) - 1), {
      ...(contextTokens === undefined ? {} : { contextTokens }),
      ...(syntax === undefined ? {} : { syntax }),
      ...(checkers === undefined ? {} : { checkers }),
      ...(sizeBytes === undefined ? {} : { sizeBytes }),
      ...(suggestions === undefined ? {} : { suggestions }),
    });
  }

  run(
    document: TextDocument | undefined,
    params: Partial<EditParams>,
    signal: AbortSignal = new AbortController().signal,
  ): Promise<EditResult> {
    const start = { line: 0, character: 0 };
    const whole: EditParams = {
      textDocument: { uri: 'file:///x', version: document?.version ?? 1 },
      intent: 'fix',
      range: { start, end: start },
      isSelection: false,
      diagnostics: [],
      indent: { useTabs: false, size: 4 },
      progressToken: 1,
      ...params,
    };
    return this.service.edit(whole, document, signal, (progress) => this.progress.push(progress));
  }
}
