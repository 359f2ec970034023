import type { Model, ModelContext } from '../../model/model.js';
import { completionPrompt } from './completionPrompt.js';
import type { ContextProvider } from './contextProvider.js';
import {
  contextBudget,
  idleBudget,
  mostGrownTokens,
  mostPromptTokens,
  scaledBudget,
  withoutSnippets,
  type TextBudget,
} from './contextBudget.js';
import type { GenerationPrompt } from '../generation/generation.js';
import { importsAbove } from './importsAbove.js';
import type { CursorContext } from '../cursor/cursorContext.js';
import { endOfLine, middleIn, shownCharacters, windowAt, type PromptWindow } from './promptWindow.js';
import { PromptWindows } from './promptWindows.js';
import { splitForHealing } from '../../decoding/tokenHealing.js';
import type { VocabularyIndexes } from '../../decoding/tokenHealing.js';

/** A wide window is worth its time when it shows so many times the text of the ordinary one. */
const WORTH = 1.5;
/** A wide window is used when it has at most so many tokens more to evaluate than the ordinary one. */
const TOKENS_MORE = 16;
/** Of a budget; even a model that knows no Chinese has not more than three tokens for a character. */
const MIN_FACTOR = 1 / 16;
const NARROWER = 0.8;

export interface PromptBuilderDeps {
  readonly vocabularies: VocabularyIndexes;
  readonly surroundings: ContextProvider;
  /** Tokens per second of prompt evaluation; `undefined` before the first measurement. */
  readonly speedOf: (context: ModelContext) => number | undefined;
  /** Milliseconds. */
  readonly latencyGoal: () => number;
}

/** A prompt and what it was made from. */
interface WindowPrompt extends GenerationPrompt {
  readonly window: PromptWindow;
}

/**
 * The prompts of places. Each place has an ordinary window, which this machine evaluates in time when it must, and
 * may have a wide one, which idle time evaluates and which is used as long as its tokens are in the cache.
 */
export class PromptBuilder {
  private readonly windows = new PromptWindows();

  constructor(private readonly means: PromptBuilderDeps) {}

  /** What to evaluate for an answer at a place. */
  async promptFor(model: Model, context: ModelContext, place: CursorContext): Promise<GenerationPrompt> {
    const prompt = await this.bestFor(model, context, place);
    this.windows.use(prompt.window);
    return prompt;
  }

  /** What idle time may evaluate beyond the place's prompt, which stays cached; `undefined` for nothing. */
  async widerFor(
    model: Model,
    context: ModelContext,
    place: CursorContext,
  ): Promise<
    { readonly tokens: GenerationPrompt['tokens']; readonly besides: GenerationPrompt['tokens'] } | undefined
  > {
    const current = await this.bestFor(model, context, place);
    if (current.window.isWide) return undefined;
    const wide = this.known(model, context, place, true) ?? this.anew(model, context, place, true);
    if (shownCharacters(wide.window) < WORTH * shownCharacters(current.window)) return undefined;
    this.windows.use(wide.window);
    return { tokens: wide.tokens, besides: current.tokens };
  }

  /** What a document's windows show of other files is to be chosen anew. */
  forget(uri: string): void {
    this.windows.drop(uri);
  }

  private async bestFor(model: Model, context: ModelContext, place: CursorContext): Promise<WindowPrompt> {
    const ordinary = this.known(model, context, place, false);
    const wide = this.known(model, context, place, true);
    const missing = ({ tokens }: GenerationPrompt): number =>
      tokens.length - context.cachedPrefixLength(tokens);
    const allowed = (ordinary === undefined ? 0 : missing(ordinary)) + TOKENS_MORE;
    if (wide !== undefined && missing(wide) <= allowed) return wide;
    if (ordinary !== undefined) return ordinary;
    await this.means.surroundings.prepare(place);
    return this.anew(model, context, place, false);
  }

  /**
   * The prompt of a window that was made before, unless the text between its anchor and the cursor has become too much
   * for the context, or its parts of other files are out of date.
   */
  private known(
    model: Model,
    context: ModelContext,
    place: CursorContext,
    isWide: boolean,
  ): WindowPrompt | undefined {
    const { surroundings } = this.means;
    const window = this.windows.find(
      (each) =>
        each.isWide === isWide &&
        middleIn(each, place) !== undefined &&
        surroundings.snippetsFor(place, each.snippetCharacters) === each.snippets,
    );
    if (window === undefined) return undefined;
    const prompt = this.promptOf(model, place, window);
    return prompt.tokens.length <= mostGrownTokens(context.contextTokens) ? prompt : undefined;
  }

  private anew(model: Model, context: ModelContext, place: CursorContext, isWide: boolean): WindowPrompt {
    const { contextTokens } = context;
    const speed = this.means.speedOf(context);
    const budget = isWide
      ? idleBudget(speed, contextTokens)
      : contextBudget(speed, contextTokens, this.means.latencyGoal());
    for (let factor = 1; ; factor *= NARROWER) {
      const window = this.windowWith(scaledBudget(budget, factor), place, isWide);
      const prompt = this.promptOf(model, place, window);
      if (prompt.tokens.length <= mostPromptTokens(contextTokens) || factor <= MIN_FACTOR) return prompt;
    }
  }

  private windowWith(budget: TextBudget, place: CursorContext, isWide: boolean): PromptWindow {
    const { surroundings } = this.means;
    const snippets = surroundings.snippetsFor(place, budget.snippetCharacters);
    const imports = importsAbove(surroundings.headOf(place.uri), place.languageId);
    const room = withoutSnippets(budget, snippets);
    const before = this.windows.find((window) => window.uri === place.uri && window.isWide === isWide);
    return windowAt(place, room, { imports, snippets, isWide }, before);
  }

  private promptOf(model: Model, place: CursorContext, window: PromptWindow): WindowPrompt {
    const middle = middleIn(window, place) ?? endOfLine(place);
    const { kept, held: healedPrefix } = splitForHealing(middle, this.means.vocabularies.of(model));
    const path = this.means.surroundings.pathOf(place.uri);
    return {
      ...completionPrompt(model, { languageId: place.languageId, path }, window, kept),
      healedPrefix,
      snippets: window.snippets,
      window,
    };
  }
}
