import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { HubKind } from './hubName.js';

/** A server that has a hub's repositories. */
export interface HubEndpoint {
  /** As in the setting `youtu.model.sources`. */
  readonly name: string;
  /** Without a slash at the end. */
  readonly url: string;
  /** Whether it is the hub itself, which a token may be sent to; a mirror never gets one. */
  readonly isHub: boolean;
}

type Variables = Readonly<Record<string, string | undefined>>;

/**
 * Where a hub's repositories can be had, in the order in which they are asked.
 * @param wanted as in the setting `youtu.model.sources`; empty: the hub, then its public mirror
 * @returns none when the setting names other sources only
 */
export function endpointsOf(
  hub: HubKind,
  wanted: readonly string[],
  env: Variables = process.env,
): readonly HubEndpoint[] {
  const known = hub === 'hf' ? huggingFace(env) : modelScope();
  const names = wanted.map((name) => name.trim()).filter((name) => name !== '');
  if (names.length === 0) return known;
  return names.flatMap((name) => {
    const found = known.find((endpoint) => endpoint.name === name);
    if (found !== undefined) return [found];
    const isMirror = hub === 'hf' && /^https?:\/\//i.test(name);
    return isMirror ? [{ name, url: name.replace(/\/+$/, ''), isHub: false }] : [];
  });
}

/** A person's page of a repository: its licence, and where access is asked for. */
export function pageUrl(hub: HubKind, repository: string): string {
  return hub === 'hf'
    ? `https://huggingface.co/${repository}`
    : `https://www.modelscope.cn/models/${repository}`;
}

/** HF_ENDPOINT as Hugging Face's own tools have it: a company's server in the hub's place. */
function huggingFace(env: Variables): readonly HubEndpoint[] {
  const own = env['HF_ENDPOINT']?.trim().replace(/\/+$/, '');
  if (own && /^https?:\/\//i.test(own)) return [{ name: 'huggingface', url: own, isHub: true }];
  return [
    { name: 'huggingface', url: 'https://huggingface.co', isHub: true },
    { name: 'hf-mirror', url: 'https://hf-mirror.com', isHub: false },
  ];
}

function modelScope(): readonly HubEndpoint[] {
  return [{ name: 'modelscope', url: 'https://www.modelscope.cn', isHub: true }];
}

/** The token that this user's other tools keep for a hub: from variables, or the file of `hf auth login`. */
export async function storedToken(
  hub: HubKind,
  env: Variables = process.env,
  home: string = homedir(),
): Promise<string | undefined> {
  if (hub === 'modelscope') return env['MODELSCOPE_API_TOKEN']?.trim() || undefined;
  const named = env['HF_TOKEN']?.trim() || env['HUGGING_FACE_HUB_TOKEN']?.trim();
  if (named) return named;
  const cache = env['XDG_CACHE_HOME'] || join(home, '.cache');
  const path = env['HF_TOKEN_PATH'] || join(env['HF_HOME'] || join(cache, 'huggingface'), 'token');
  const kept = await readFile(path, 'utf8').catch(() => '');
  return kept.trim() || undefined;
}
