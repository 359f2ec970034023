import { z } from 'zod';
import { schemaGrammar } from '../../model/grammar/schemaGrammar.js';
import { SchemaError } from '../../model/grammar/schemaTree.js';
import { badGrammar, invalidRequest } from '../apiError.js';

type JsonSchema = Readonly<Record<string, unknown>>;

// In PHP and Lua an empty list and an empty object are the same.
const schema = z
  .union([z.record(z.string(), z.unknown()), z.array(z.never()).max(0)], { error: 'is an object' })
  .nullish();
type GivenSchema = z.infer<typeof schema>;

/** `undefined` where there is none. */
function schemaOf(given: GivenSchema): JsonSchema | undefined {
  return Array.isArray(given) ? {} : (given ?? undefined);
}

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
  type: z.literal('function', {
    error: 'is "function": this server has no tools of its own, and no free-form ("custom") ones',
  }),
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

const namedTool = z.object({ type: z.literal('function'), function: z.object({ name: z.string() }) });

/** Tools that an answer may call. */
export const toolFields = {
  tools: z.array(functionTool).max(128).nullish(),
  tool_choice: z
    .union(
      [
        z.enum(['none', 'auto', 'required']),
        namedTool,
        z.object({
          type: z.literal('allowed_tools'),
          allowed_tools: z.object({ mode: z.enum(['auto', 'required']), tools: z.array(namedTool) }),
        }),
      ],
      {
        error:
          'is "none", "auto", "required", {"type": "function", "function": {"name": …}} or {"type": "allowed_tools", …}',
      },
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
      return grammarFor(schemaOf(format.schema) ?? { type: 'object' }, false, 'response_format');
    case 'json_schema':
      return grammarFor(
        schemaOf(format.json_schema?.schema ?? format.schema) ?? {},
        false,
        'response_format',
      );
    default:
      if (json_schema != null) return grammarFor(schemaOf(json_schema) ?? {}, false, 'json_schema');
      return grammar == null || grammar === '' ? undefined : grammar;
  }
}

type Tool = z.infer<typeof functionTool>;

/**
 * The tools that an answer may call, and whether it has to call one of them.
 * @throws ApiError when "tool_choice" names others
 */
export function toolChoice({ tools, tool_choice: choice }: ToolBody): {
  readonly tools: readonly Tool[];
  readonly isForced: boolean;
} {
  const all = tools ?? [];
  if (choice == null || choice === 'auto') return { tools: all, isForced: false };
  if (choice === 'none') return { tools: [], isForced: false };
  if (choice === 'required') return { tools: named(all, undefined), isForced: true };
  if (choice.type === 'function') return { tools: named(all, [choice.function.name]), isForced: true };
  const { mode, tools: allowed } = choice.allowed_tools;
  const names = allowed.map(({ function: { name } }) => name);
  return { tools: named(all, names), isForced: mode === 'required' };
}

function named(tools: readonly Tool[], names: readonly string[] | undefined): readonly Tool[] {
  const found = tools.filter((tool) => names?.includes(tool.function.name) ?? true);
  const isMissing = names?.some((name) => !found.some((tool) => tool.function.name === name)) ?? false;
  if (found.length === 0 || isMissing)
    throw invalidRequest('"tool_choice" asks for a tool that is not among "tools".', 'tool_choice');
  return found;
}

/**
 * Where a call must come, the answer is nothing else: an object with a known name and what its schema allows. Unless a
 * tool is strict, what of its schema can't be enforced is left to the model, as OpenAI's API does.
 * @throws ApiError
 */
export function forcedCall(body: ToolBody): string | undefined {
  const { tools, isForced } = toolChoice(body);
  if (!isForced) return undefined;
  const calls = tools.map(({ function: { name, parameters } }) => ({
    type: 'object',
    properties: {
      name: { const: name },
      // A schema of its own, which its references are relative to.
      arguments: { $id: name, ...(schemaOf(parameters) ?? { type: 'object', properties: {} }) },
    },
    required: ['name', 'arguments'],
  }));
  const isLenient = tools.every((tool) => tool.function.strict !== true);
  return grammarFor({ anyOf: calls }, isLenient, 'tools');
}

/** Names that the answer may call. */
export function toolNames(body: ToolBody): readonly string[] {
  return toolChoice(body).tools.map((tool) => tool.function.name);
}

function grammarFor(wanted: JsonSchema, isLenient: boolean, param: string): string {
  try {
    return schemaGrammar(wanted, isLenient);
  } catch (error) {
    throw error instanceof SchemaError ? badGrammar(error.message, param) : error;
  }
}
