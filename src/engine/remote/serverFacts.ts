import { z } from 'zod';
import { EngineError } from '../../protocol/errors.js';
import { infillFamily, type InfillFamily } from './infillFamilies.js';
import { remoteFailure } from './remoteFailure.js';
import type { RemoteHttp } from './remoteHttp.js';

/** Which program answers: each has its own way to fill gaps. */
export type ServerKind = 'llama.cpp' | 'youtu' | 'ollama' | 'vllm' | 'other';

export interface ServerFacts {
  readonly kind: ServerKind;
  /** The model's name in requests. */
  readonly model: string;
  readonly contextTokens: number;
  /** How gaps are filled; `undefined`: the model only continues a text. */
  readonly infill: 'tokens' | 'endpoint' | 'suffix' | undefined;
  readonly family: InfillFamily | undefined;
}

/** Where a server doesn't say; a larger window costs each request more. */
const CONTEXT_TOKENS = 8192;

const listedModel = z.object({
  id: z.string().catch(''),
  owned_by: z.string().catch(''),
  /** vLLM: the name it was loaded by. */
  root: z.string().nullish().catch(undefined),
  max_model_len: z.number().nullish().catch(undefined),
  context_tokens: z.number().nullish().catch(undefined),
  has_infill: z.boolean().nullish().catch(undefined),
  meta: z.object({ n_ctx: z.number().nullish() }).nullish().catch(undefined),
});
const modelList = z.object({ data: z.array(listedModel) });
type ListedModel = z.output<typeof listedModel>;

const OWNERS: Readonly<Record<string, ServerKind>> = {
  llamacpp: 'llama.cpp',
  'youtu-code': 'youtu',
  library: 'ollama',
  vllm: 'vllm',
};

/**
 * Asks a server what it is and which model answers.
 * @param wanted the model's name; empty: the first that the server lists
 * @throws EngineError `remoteFailed`; the signal's reason
 */
export async function askServer(http: RemoteHttp, wanted: string, signal: AbortSignal): Promise<ServerFacts> {
  const list = modelList.safeParse(await http.json('/v1/models', signal));
  if (!list.success) throw remoteFailure(http.host, 'notUnderstood', 'no list of models');
  const { data } = list.data;
  const owner = OWNERS[data[0]?.owned_by ?? ''];
  const kind = owner ?? ((await isOllama(http, signal)) ? 'ollama' : 'other');
  const listed = chosen(data, wanted, kind);
  if (listed === undefined)
    throw remoteFailure(http.host, 'modelMissing', data.map(({ id }) => id).join(', '));
  const model = wanted === '' ? listed.id : wanted;
  const names = [model, listed.id, listed.root ?? ''];
  if (kind === 'ollama') return askOllama(http, model, signal);
  const family = kind === 'youtu' ? undefined : infillFamily(names);
  return {
    kind,
    model,
    contextTokens: listed.max_model_len ?? listed.context_tokens ?? listed.meta?.n_ctx ?? CONTEXT_TOKENS,
    family,
    infill:
      family !== undefined
        ? 'tokens'
        : (await hasEndpoint(http, kind, listed, signal))
          ? 'endpoint'
          : undefined,
  };
}

/** llama-server and `youtu serve` answer with what they have loaded, whatever the name. */
function chosen(models: readonly ListedModel[], wanted: string, kind: ServerKind): ListedModel | undefined {
  if (wanted === '') return models.find(({ id }) => id !== '');
  const found = models.find(({ id }) => id === wanted || id === `${wanted}:latest`);
  return found ?? (kind === 'llama.cpp' || kind === 'youtu' ? models[0] : undefined);
}

async function isOllama(http: RemoteHttp, signal: AbortSignal): Promise<boolean> {
  const answer = await http.json('/api/version', signal).catch(() => {
    signal.throwIfAborted();
    return undefined;
  });
  return z.object({ version: z.string() }).safeParse(answer).success;
}

/** An empty gap costs nothing, and a model without infill tokens is refused. */
async function hasEndpoint(
  http: RemoteHttp,
  kind: ServerKind,
  { has_infill: hasInfill }: ListedModel,
  signal: AbortSignal,
): Promise<boolean> {
  if (kind === 'youtu') return hasInfill === true;
  if (kind !== 'llama.cpp') return false;
  try {
    await http.json('/infill', signal, { input_prefix: '', input_suffix: '', n_predict: 0 });
    return true;
  } catch (error) {
    signal.throwIfAborted();
    if (isRefusal(error)) return false;
    throw error;
  }
}

/** A server that is merely slow or overloaded may have the endpoint all the same. */
function isRefusal(error: unknown): boolean {
  if (!(error instanceof EngineError) || error.data.kind !== 'remoteFailed') return false;
  const { reason, detail } = error.data;
  return reason === 'refused' || reason === 'notFound' || detail.startsWith('HTTP 501');
}

const shown = z.object({
  capabilities: z.array(z.string()).catch([]),
  model_info: z.record(z.string(), z.unknown()).catch({}),
});

async function askOllama(http: RemoteHttp, model: string, signal: AbortSignal): Promise<ServerFacts> {
  const answer = shown.safeParse(await http.json('/api/show', signal, { model }));
  const capabilities: readonly string[] = answer.data?.capabilities ?? [];
  const info = answer.data?.model_info ?? {};
  const trained = Object.entries(info).find(([name]) => name.endsWith('.context_length'))?.[1];
  const family = infillFamily([model]);
  return {
    kind: 'ollama',
    model,
    // Its requests say how much context they want, up to what the model was trained on.
    contextTokens: Math.min(CONTEXT_TOKENS, typeof trained === 'number' ? trained : CONTEXT_TOKENS),
    family,
    infill: family !== undefined ? 'tokens' : capabilities.includes('insert') ? 'suffix' : undefined,
  };
}
