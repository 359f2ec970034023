import { EngineError, EngineErrorCode } from '../../protocol/errors.js';
import { importLlama, type GrammarState, type NativeModel } from './llamaBinding.js';

/**
 * What of a grammar has been written so far, at its beginning.
 * @param grammar in llama.cpp's notation
 * @throws EngineError `badGrammar`
 */
export async function grammarState(model: NativeModel, grammar: string): Promise<GrammarState> {
  const { LlamaGrammarEvaluationState } = await importLlama();
  try {
    return new LlamaGrammarEvaluationState({ model, grammar: await model.llama.createGrammar({ grammar }) });
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    throw new EngineError(EngineErrorCode.badGrammar, { kind: 'badGrammar', detail });
  }
}
