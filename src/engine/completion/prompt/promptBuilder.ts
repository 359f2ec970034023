import type { Model, ModelContext } from '../../model/model.js';
import { completionPrompt, type CompletionPrompt } from './completionPrompt.js';
import type { ContextProvider } from './contextProvider.js';
import {
  contextBudget,
  idleBudget,
  maxGrownTokens,
  maxPromptTokens,
  scaledBudget,
  withoutSnippets,
  type TextBudget,
} from './contextBudget.js';
import type { Snippet } from '../context/fileSnippets.js';
import type { CursorContext } from '../cursor/cursorContext.js';
import {
  endOfLine,
  importsAbove,
  middleIn,
  PromptWindows,
  shownCharacters,
  windowAt,
  type PromptWindow,
} from './promptWindow.js';
import { splitForHealing, type VocabularyIndexes } from '../../decoding/tokenHealing.js';

/** Minimum size ratio for prefilling the extended window. */
const MIN_EXTENSION = 1.5;
/** An extended window is used unless it has more tokens to evaluate than the ordinary one plus these. */
const MAX_MORE_TOKENS = 16;
/** Of a budget: even a model that knows no Chinese has at most three tokens for a character. */
const MIN_FACTOR = 1 / 16;
const SHRINK_FACTOR = 0.8;

export interface PromptBuilderDeps {
  readonly vocabularies: VocabularyIndexes;
  readonly contextProvider: ContextProvider;
  /** Tokens per second of prompt evaluation; `undefined` before the first measurement. */
  readonly speedOf: (context: ModelContext) => number | undefined;
  /** Milliseconds. */
  readonly latencyGoal: () => number;
}

export interface GenerationPrompt extends CompletionPrompt {
  /** The end of the line that is left to token healing. */
  readonly healedPrefix: string;
  /** Other files' snippets that the prompt shows. */
  readonly snippets: readonly Snippet[];
}

/** A prompt and its window. */
interface WindowPrompt extends GenerationPrompt {
  readonly window: PromptWindow;
}

/**
 * Makes the prompt for a cursor. Each has an ordinary window, which this machine can evaluate within the latency goal,
 * and may have an extended one, which idle time evaluates and which is used while its tokens are in the cache.
 */
export class PromptBuilder {
  private readonly windows = new PromptWindows();

  constructor(private readonly deps: PromptBuilderDeps) {}

  /** What to evaluate for an answer at a cursor. */
  async promptFor(model: Model, context: ModelContext, cursor: CursorContext): Promise<GenerationPrompt> {
    const prompt = await this.bestFor(model, context, cursor);
    this.windows.use(prompt.window);
    return prompt;
  }

  /** What idle time may evaluate beyond the cursor's prompt, which stays cached; `undefined` for nothing. */
  async extendedFor(
    model: Model,
    context: ModelContext,
    cursor: CursorContext,
  ): Promise<
    { readonly tokens: GenerationPrompt['tokens']; readonly pinned: GenerationPrompt['tokens'] } | undefined
  > {
    const current = await this.bestFor(model, context, cursor);
    if (current.window.isExtended) return undefined;
    const extended =
      this.cachedPrompt(model, context, cursor, true) ?? this.newPrompt(model, context, cursor, true);
    if (shownCharacters(extended.window) < MIN_EXTENSION * shownCharacters(current.window)) return undefined;
    this.windows.use(extended.window);
    return { tokens: extended.tokens, pinned: current.tokens };
  }

  /** Forgets a document's windows, so that what they show of other files is chosen again. */
  forget(uri: string): void {
    this.windows.drop(uri);
  }

  private async bestFor(model: Model, context: ModelContext, cursor: CursorContext): Promise<WindowPrompt> {
    const ordinary = this.cachedPrompt(model, context, cursor, false);
    const extended = this.cachedPrompt(model, context, cursor, true);
    const missing = ({ tokens }: GenerationPrompt): number =>
      tokens.length - context.cachedPrefixLength(tokens);
    const allowed = (ordinary === undefined ? 0 : missing(ordinary)) + MAX_MORE_TOKENS;
    if (extended !== undefined && missing(extended) <= allowed) return extended;
    if (ordinary !== undefined) return ordinary;
    await this.deps.contextProvider.prepare(cursor);
    return this.newPrompt(model, context, cursor, false);
  }

  /**
   * The prompt of an earlier window, unless the text between its anchor and the cursor has become too long for the
   * context, or its snippets are out of date.
   */
  private cachedPrompt(
    model: Model,
    context: ModelContext,
    cursor: CursorContext,
    isExtended: boolean,
  ): WindowPrompt | undefined {
    const { contextProvider } = this.deps;
    const window = this.windows.find(
      (each) =>
        each.isExtended === isExtended &&
        middleIn(each, cursor) !== undefined &&
        contextProvider.snippetsFor(cursor, each.snippetCharacters) === each.snippets,
    );
    if (window === undefined) return undefined;
    const prompt = this.promptOf(model, cursor, window);
    return prompt.tokens.length <= maxGrownTokens(context.contextTokens) ? prompt : undefined;
  }

  private newPrompt(
    model: Model,
    context: ModelContext,
    cursor: CursorContext,
    isExtended: boolean,
  ): WindowPrompt {
    const { contextTokens } = context;
    const speed = this.deps.speedOf(context);
    const budget = isExtended
      ? idleBudget(speed, contextTokens)
      : contextBudget(speed, contextTokens, this.deps.latencyGoal());
    for (let factor = 1; ; factor *= SHRINK_FACTOR) {
      const window = this.windowWith(scaledBudget(budget, factor), cursor, isExtended);
      const prompt = this.promptOf(model, cursor, window);
      if (prompt.tokens.length <= maxPromptTokens(contextTokens) || factor <= MIN_FACTOR) return prompt;
    }
  }

  private windowWith(budget: TextBudget, cursor: CursorContext, isExtended: boolean): PromptWindow {
    const { contextProvider } = this.deps;
    const snippets = contextProvider.snippetsFor(cursor, budget.snippetCharacters);
    const imports = importsAbove(contextProvider.headOf(cursor.uri), cursor.languageId);
    const room = withoutSnippets(budget, snippets);
    const before = this.windows.find(
      (window) => window.uri === cursor.uri && window.isExtended === isExtended,
    );
    return windowAt(cursor, room, { imports, snippets, isExtended }, before);
  }

  private promptOf(model: Model, cursor: CursorContext, window: PromptWindow): WindowPrompt {
    const middle = middleIn(window, cursor) ?? endOfLine(cursor);
    const { kept, healedPrefix } = splitForHealing(middle, this.deps.vocabularies.of(model));
    const path = this.deps.contextProvider.pathOf(cursor.uri);
    return {
      ...completionPrompt(model, { languageId: cursor.languageId, path }, window, kept),
      healedPrefix,
      snippets: window.snippets,
      window,
    };
  }
}
