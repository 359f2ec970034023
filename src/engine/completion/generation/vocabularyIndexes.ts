import type { Model } from '../../model/model.js';
import { VocabularyIndex } from '../../decoding/tokenHealing.js';

/** The vocabularies of the models in use, each put in order at its first use: that takes some tenths of a second. */
export class VocabularyIndexes {
  private readonly indexes = new WeakMap<Model, VocabularyIndex>();

  of(model: Model): VocabularyIndex {
    let index = this.indexes.get(model);
    if (index === undefined) {
      index = new VocabularyIndex(model);
      this.indexes.set(model, index);
    }
    return index;
  }
}
