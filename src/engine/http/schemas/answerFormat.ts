import { z } from 'zod';
import { schemaGrammar } from '../../model/grammar/schemaGrammar.js';
import { SchemaError } from '../../model/grammar/schemaTree.js';
import { badGrammar, invalidRequest } from '../apiError.js';

type JsonSchema = Readonly<Record<string, unknown>>;

const schema = z.record(z.string(), z.unknown()).nullish();

const responseFormat = z
  .discriminatedUnion(
    'type',
    [
      z.object({ type: z.literal('text') }),
      // With a schema as llama.cpp and others have it.
      z.object({ type: z.literal('json_object'), schema }),
      z.object({
        type: z.literal('json_schema'),
        json_schema: z
          .object({ name: z.string().nullish(), strict: z.boolean().nullish(), schema })
          .nullish()
          .describe('the schema is enforced, also without "strict"; what can’t be enforced is an error'),
        schema,
      }),
    ],
    { error: 'is of the type "text", "json_object" or "json_schema"' },
  )
  .nullish();

const functionTool = z.object({
  type: z.literal('function', { error: 'is "function"; this server has no tools of its own' }),
  function: z.object({
    name: z.string().regex(/^[\w.-]{1,64}$/, 'letters, digits, "_", "-" and ".", 64 at most'),
    description: z.string().nullish(),
    parameters: schema,
    strict: z
      .boolean()
      .nullish()
      .describe('whether a call that "tool_choice" demands fails if the parameters can’t be enforced'),
  }),
});

/** What an answer has to look like, where a request may say so: by a schema or a grammar. */
export const formatFields = {
  response_format: responseFormat,
  grammar: z.string().nullish().describe('a grammar in llama.cpp’s notation (GBNF)'),
  json_schema: schema.describe('as "response_format" with a schema; llama.cpp’s name'),
} as const;

/** Tools that an answer may call. */
export const toolFields = {
  tools: z.array(functionTool).max(128).nullish(),
  tool_choice: z
    .union(
      [
        z.enum(['none', 'auto', 'required']),
        z.object({ type: z.literal('function'), function: z.object({ name: z.string() }) }),
      ],
      { error: 'is "none", "auto", "required" or {"type": "function", "function": {"name": …}}' },
    )
    .nullish(),
  parallel_tool_calls: z.boolean().nullish().describe('false: one call at most'),
} as const;

type FormatBody = z.infer<z.ZodObject<typeof formatFields>>;
type ToolBody = z.infer<z.ZodObject<typeof toolFields>>;

/**
 * The grammar of an answer's format, in llama.cpp's notation.
 * @throws ApiError that names what can't be enforced
 */
export function grammarOf({ response_format: format, grammar, json_schema }: FormatBody): string | undefined {
  switch (format?.type) {
    case 'json_object':
      return grammarFor(format.schema ?? { type: 'object' }, false, 'response_format');
    case 'json_schema':
      return grammarFor(format.json_schema?.schema ?? format.schema ?? {}, false, 'response_format');
    default:
      if (json_schema != null) return grammarFor(json_schema, false, 'json_schema');
      return grammar == null || grammar === '' ? undefined : grammar;
  }
}

/**
 * Where a call must come, the answer is nothing else: an object with a known name and what its schema allows. Unless a
 * tool is strict, what of its schema can't be enforced is left to the model, as OpenAI's API does.
 * @throws ApiError
 */
export function forcedCall({ tools, tool_choice: choice }: ToolBody): string | undefined {
  if (choice == null || choice === 'none' || choice === 'auto') return undefined;
  const wanted = (tools ?? []).filter(
    (tool) => choice === 'required' || tool.function.name === choice.function.name,
  );
  if (wanted.length === 0)
    throw invalidRequest('"tool_choice" asks for a tool that is not among "tools".', 'tool_choice');
  const calls = wanted.map(({ function: { name, parameters } }) => ({
    type: 'object',
    properties: {
      name: { const: name },
      // A schema of its own, which its references are relative to.
      arguments: { $id: name, ...(parameters ?? { type: 'object', properties: {} }) },
    },
    required: ['name', 'arguments'],
  }));
  const isLenient = wanted.every((tool) => tool.function.strict !== true);
  return grammarFor({ anyOf: calls }, isLenient, 'tools');
}

/** Names that the answer may call. */
export function toolNames({ tools, tool_choice: choice }: ToolBody): readonly string[] {
  return choice === 'none' ? [] : (tools ?? []).map((tool) => tool.function.name);
}

function grammarFor(wanted: JsonSchema, isLenient: boolean, param: string): string {
  try {
    return schemaGrammar(wanted, isLenient);
  } catch (error) {
    throw error instanceof SchemaError ? badGrammar(error.message, param) : error;
  }
}
