import { ChatPromptWriter } from '../chat/chatPrompt.js';
import { VocabularyIndex } from '../completion/tokenHealing.js';
import type { Model } from '../model/model.js';

/** What prompts are made with, of each model; made at the first use, since it takes some tenths of a second. */
export class PromptMeans {
  private readonly writers = new WeakMap<Model, ChatPromptWriter>();
  private readonly indexes = new WeakMap<Model, VocabularyIndex>();

  writerOf(model: Model): ChatPromptWriter {
    let writer = this.writers.get(model);
    if (writer === undefined) {
      writer = new ChatPromptWriter(model);
      this.writers.set(model, writer);
    }
    return writer;
  }

  indexOf(model: Model): VocabularyIndex {
    let index = this.indexes.get(model);
    if (index === undefined) {
      index = new VocabularyIndex(model);
      this.indexes.set(model, index);
    }
    return index;
  }
}
