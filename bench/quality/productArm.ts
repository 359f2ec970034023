import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Range } from 'vscode-languageserver-protocol';
import { CompletionService } from '../../src/engine/completion/completionService.js';
import { contextBudget, type TextBudget } from '../../src/engine/completion/contextBudget.js';
import { Generator } from '../../src/engine/completion/generator.js';
import type { Decoder } from '../../src/engine/decoding/decoder.js';
import type { Lane } from '../../src/engine/decoding/lane.js';
import type { ModelContext } from '../../src/engine/model/model.js';
import { DEFAULT_SETTINGS } from '../../src/protocol/settings.js';
import type { QualityCase } from '../corpus/cutCases.js';
import type { Arm } from './arm.js';

/** The engine's own service, asked as an editor asks: the file is open, the cursor stands at the gap. */
export class ProductArm implements Arm {
  readonly name = 'product';
  private readonly service: CompletionService;
  private head = '';

  private constructor(
    lane: Lane,
    private readonly context: ModelContext,
    private readonly decoder: Decoder,
  ) {
    const generator = new Generator({
      host: { lane: () => Promise.resolve(lane) },
      decoder,
      surroundings: {
        headOf: () => this.head,
        pathOf: (uri) => uri.slice(uri.lastIndexOf('/') + 1),
        snippetsFor: () => [],
      },
      latencyGoal: () => DEFAULT_SETTINGS.completionLatencyGoal,
    });
    this.service = new CompletionService(generator, { during: (_, work) => work() });
  }

  static async start(lane: Lane, decoder: Decoder): Promise<ProductArm> {
    const context = await lane.use(new AbortController().signal, (opened) => Promise.resolve(opened));
    return new ProductArm(lane, context, decoder);
  }

  /** Characters that it may show the model on this machine, as fast as that is now. */
  get window(): TextBudget {
    const { decoder, context } = this;
    const speed = decoder.prefillSpeedOf(context);
    return contextBudget(speed, context.contextTokens, DEFAULT_SETTINGS.completionLatencyGoal);
  }

  async answer(testCase: QualityCase): Promise<string> {
    const { file, before, after } = testCase;
    const uri = pathToFileURL(join(file.root, file.path)).href;
    const document = TextDocument.create(uri, file.language, 1, before + after);
    this.head = before.slice(0, 4000);
    const options = { isInvoked: false, maxLines: DEFAULT_SETTINGS.completionMaxLines };
    const position = document.positionAt(before.length);
    const answer = await this.service.complete(document, position, options, new AbortController().signal);
    this.service.closed(uri);
    const [first] = answer?.completions ?? [];
    return first === undefined ? '' : insertedText(document, testCase, first.insertText, first.range);
  }
}

/** What stands in the gap afterwards: a completion may replace some of what is around the cursor. */
function insertedText(
  document: TextDocument,
  { before, after }: QualityCase,
  newText: string,
  range: Range,
): string {
  const result = TextDocument.applyEdits(document, [{ range, newText }]);
  const isAround = result.startsWith(before) && result.length >= before.length + after.length;
  return isAround ? result.slice(before.length, result.length - after.length) : newText;
}
