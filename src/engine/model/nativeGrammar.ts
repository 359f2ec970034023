import { EngineError, EngineErrorCode } from '../../protocol/errors.js';
import { importLlama, type GrammarState, type Llama, type NativeModel } from './llamaBinding.js';
import type { OutputGrammar } from './model.js';
import { plainSchema } from './plainSchema.js';

/**
 * What of a grammar has been written so far, at its beginning.
 * @throws EngineError `badGrammar`
 */
export async function grammarState(model: NativeModel, grammar: OutputGrammar): Promise<GrammarState> {
  const { LlamaGrammarEvaluationState } = await importLlama();
  try {
    return new LlamaGrammarEvaluationState({ model, grammar: await nativeGrammar(model.llama, grammar) });
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    throw new EngineError(EngineErrorCode.badGrammar, { kind: 'badGrammar', detail });
  }
}

async function nativeGrammar(
  llama: Llama,
  grammar: OutputGrammar,
): Promise<Awaited<ReturnType<Llama['createGrammar']>>> {
  switch (grammar.kind) {
    case 'json':
      return llama.getGrammarFor('json');
    case 'schema':
      return llama.createGrammarForJsonSchema(plainSchema(grammar.schema) as never);
    case 'gbnf':
      return llama.createGrammar({ grammar: grammar.text });
  }
}
