import { ChatPromptWriter } from '../chat/chatPrompt.js';
import type { VocabularyIndex } from '../decoding/tokenHealing.js';
import type { VocabularyIndexes } from '../completion/generation/vocabularyIndexes.js';
import type { Model } from '../model/model.js';

/** What prompts are made with, of each model. */
export class PromptDeps {
  private readonly writers = new WeakMap<Model, ChatPromptWriter>();

  constructor(private readonly vocabularies: VocabularyIndexes) {}

  writerOf(model: Model): ChatPromptWriter {
    let writer = this.writers.get(model);
    if (writer === undefined) {
      writer = new ChatPromptWriter(model);
      this.writers.set(model, writer);
    }
    return writer;
  }

  indexOf(model: Model): VocabularyIndex {
    return this.vocabularies.of(model);
  }
}
