import { EngineError, EngineErrorCode } from '../../protocol/errors.js';
import { importLlama, type GrammarState, type Llama, type NativeModel } from './llamaBinding.js';
import type { OutputGrammar } from './model.js';

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

type Schema = Readonly<Record<string, unknown>>;

/** Deeper ones are mostly circles, or an attack. */
const DEEPEST = 32;

/**
 * A JSON schema in the words that node-llama-cpp knows: `anyOf` and a list of types become `oneOf`, a single `allOf`
 * its content, an object without properties any object. What restricts a value in other ways (`pattern`, `minimum`) is
 * left out: the grammar then allows more than the schema.
 * @throws when it isn't a schema, or too deep
 */
export function plainSchema(schema: Schema, depth = 0): Schema {
  if (depth > DEEPEST) throw new Error(`the schema is nested more than ${DEEPEST} deep`);
  const inner = (value: unknown): Schema => plainSchema(asSchema(value), depth + 1);
  const defs = schemasIn(schema['$defs'] ?? schema['definitions'], inner);
  const common = defs === undefined ? {} : { $defs: defs };
  const { $ref, type, allOf } = schema;
  if (typeof $ref === 'string') return { ...common, $ref: $ref.replace('#/definitions/', '#/$defs/') };
  if ('const' in schema) return { ...common, const: schema['const'] };
  if (Array.isArray(schema['enum'])) return { ...common, enum: schema['enum'] };
  const choices = schema['oneOf'] ?? schema['anyOf'];
  if (Array.isArray(choices)) return { ...common, oneOf: choices.map(inner) };
  if (Array.isArray(allOf))
    return {
      ...common,
      ...inner((allOf as readonly unknown[]).map(asSchema).reduce((all, each) => ({ ...all, ...each }), {})),
    };
  if (Array.isArray(type))
    return { ...common, oneOf: (type as readonly unknown[]).map((each) => inner({ ...schema, type: each })) };
  switch (type ?? (schema['properties'] === undefined ? undefined : 'object')) {
    case 'object':
      return { ...common, ...objectSchema(schema, inner) };
    case 'array': {
      const { items, minItems, maxItems } = schema;
      const size = { ...numberIn('minItems', minItems), ...numberIn('maxItems', maxItems) };
      return { ...common, type: 'array', ...(items === undefined ? {} : { items: inner(items) }), ...size };
    }
    case 'string': {
      const { minLength, maxLength } = schema;
      return { ...common, type, ...numberIn('minLength', minLength), ...numberIn('maxLength', maxLength) };
    }
    case undefined:
      return { ...common, type: ['string', 'number', 'boolean', 'null'] };
    default:
      return { ...common, type };
  }
}

function objectSchema(schema: Schema, inner: (value: unknown) => Schema): Schema {
  const properties = schemasIn(schema['properties'], inner);
  if (properties === undefined) return { type: 'object', additionalProperties: true };
  const more = schema['additionalProperties'];
  const isOpen = typeof more === 'object' && more !== null;
  return { type: 'object', properties, ...(isOpen ? { additionalProperties: inner(more) } : {}) };
}

function schemasIn(
  value: unknown,
  inner: (value: unknown) => Schema,
): Readonly<Record<string, Schema>> | undefined {
  if (value === undefined) return undefined;
  return Object.fromEntries(Object.entries(asSchema(value)).map(([name, each]) => [name, inner(each)]));
}

function numberIn(name: string, value: unknown): Readonly<Record<string, number>> {
  return typeof value === 'number' ? { [name]: value } : {};
}

function asSchema(value: unknown): Schema {
  if (value === true) return {};
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Error('a JSON schema is an object');
  return value as Schema;
}
