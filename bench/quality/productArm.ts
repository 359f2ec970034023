import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Range } from 'vscode-languageserver-protocol';
import { CompletionService } from '../../src/engine/completion/completionService.js';
import {
  contextBudget,
  idleBudget,
  type TextBudget,
} from '../../src/engine/completion/prompt/contextBudget.js';
import { CompletionModel } from '../../src/engine/completion/generation/completionModel.js';
import { ProjectContext } from '../../src/engine/completion/context/projectContext.js';
import { WorkspaceContextProvider } from '../../src/engine/completion/context/workspaceContextProvider.js';
import { VocabularyIndexes } from '../../src/engine/decoding/tokenHealing.js';
import type { Decoder } from '../../src/engine/decoding/decoder.js';
import type { ContextQueue } from '../../src/engine/decoding/contextQueue.js';
import type { ModelContext } from '../../src/engine/model/model.js';
import { SyntaxTrees } from '../../src/engine/syntax/syntaxTrees.js';
import { DEFAULT_SETTINGS } from '../../src/protocol/settings.js';
import type { QualityCase } from '../corpus/cutCases.js';
import type { Arm } from './arm.js';

/**
 * Calls the engine's completion service as an editor does: the file is open and the cursor is at the gap. Either the
 * user has typed there and paused, so that the idle prefill has run, or the cursor has just moved there.
 */
export class ProductArm implements Arm {
  readonly isForBlocksOnly = false;
  private readonly service: CompletionService;
  private readonly documents = new Map<string, TextDocument>();
  private readonly trees = new SyntaxTrees();
  private readonly project = new ProjectContext(this.documents, this.trees);
  private readonly contextProvider = new WorkspaceContextProvider(this.documents, this.project, this.trees);

  private constructor(
    queue: ContextQueue,
    private readonly context: ModelContext,
    private readonly decoder: Decoder,
    private readonly isIdlePrefilled: boolean,
  ) {
    const model = new CompletionModel({
      vocabularies: new VocabularyIndexes(),
      host: { contextQueue: () => Promise.resolve(queue) },
      decoder,
      contextProvider: this.contextProvider,
      latencyGoal: () => DEFAULT_SETTINGS.completionLatencyGoal,
    });
    this.service = new CompletionService(model, { during: (_, work) => work() });
  }

  get name(): string {
    return this.isIdlePrefilled ? 'product' : 'product at once';
  }

  static async start(queue: ContextQueue, decoder: Decoder, isIdlePrefilled: boolean): Promise<ProductArm> {
    const context = await queue.use(new AbortController().signal, (opened) => Promise.resolve(opened));
    return new ProductArm(queue, context, decoder, isIdlePrefilled);
  }

  /** Size of the prompt in characters; after an idle prefill, of the current file only. */
  get window(): TextBudget {
    const { decoder, context } = this;
    const speed = decoder.prefillSpeedOf(context);
    if (this.isIdlePrefilled) return { ...idleBudget(speed, context.contextTokens), snippetCharacters: 0 };
    return contextBudget(speed, context.contextTokens, DEFAULT_SETTINGS.completionLatencyGoal);
  }

  async complete(testCase: QualityCase): Promise<string> {
    const document = createDocument(testCase);
    const { signal } = new AbortController();
    this.project.setFolders([pathToFileURL(testCase.file.root).href]);
    this.documents.set(document.uri, document);
    // A user who types has had the file open for a while.
    await this.project.refresh(document, signal);
    const position = document.positionAt(testCase.before.length);
    this.contextProvider.edited(document, position);
    if (this.isIdlePrefilled) await this.service.moved(document, position, true);
    const options = { isInvoked: false, maxLines: DEFAULT_SETTINGS.completionMaxLines };
    const result = await this.service.complete(document, position, options, signal);
    this.service.closed(document.uri);
    this.contextProvider.closed(document.uri);
    this.documents.delete(document.uri);
    const [first] = result.completions;
    return first === undefined ? '' : insertedText(document, testCase, first.insertText, first.range);
  }
}

function createDocument({ file, before, after }: QualityCase): TextDocument {
  const uri = pathToFileURL(join(file.root, file.path)).href;
  return TextDocument.create(uri, file.language, 1, before + after);
}

/** The text in the gap after the edit: a completion may replace text around the cursor. */
function insertedText(
  document: TextDocument,
  { before, after }: QualityCase,
  newText: string,
  range: Range,
): string {
  const result = TextDocument.applyEdits(document, [{ range, newText }]);
  const isWithinGap = result.startsWith(before) && result.length >= before.length + after.length;
  return isWithinGap ? result.slice(before.length, result.length - after.length) : newText;
}
