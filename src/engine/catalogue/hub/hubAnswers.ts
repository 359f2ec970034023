import * as z from 'zod/mini';
import { AttemptFailed } from '../download/downloadSource.js';
import type { HubFile } from './hubFiles.js';

/** What a hub says of a repository. */
export interface HubRepository {
  /** `owner/repo` in the hub's own case. */
  readonly repository: string;
  /** Commit. */
  readonly revision: string;
  /** As in `apache-2.0`; empty where none is stated. */
  readonly licence: string;
  readonly licenceUrl?: string;
  readonly isGated: boolean;
  readonly files: readonly HubFile[];
}

const SHA256 = /^[0-9a-f]{64}$/i;
const size = z.number().check(z.minimum(0));

const HUGGING_FACE = z.object({
  id: z.optional(z.string()),
  sha: z.string().check(z.regex(/^[0-9a-f]{7,64}$/i)),
  gated: z.optional(z.union([z.boolean(), z.string()])),
  tags: z.optional(z.array(z.string())),
  cardData: z.optional(z.nullable(z.looseObject({}))),
  siblings: z.array(
    z.object({
      rfilename: z.string(),
      size: z.optional(z.nullable(size)),
      lfs: z.optional(z.nullable(z.object({ sha256: z.optional(z.string()), size: z.optional(size) }))),
    }),
  ),
});

/** Reads the answer to `GET /api/models/{repository}/revision/{revision}?blobs=true`. */
export function readHuggingFace(text: string, asked: string): HubRepository {
  const { id, sha, gated, tags = [], cardData, siblings } = parse(HUGGING_FACE, text);
  const tag = tags.find((name) => name.startsWith('license:'))?.slice('license:'.length);
  const { license, license_name: name, license_link: link } = cardData ?? {};
  const stated = typeof license === 'string' ? license : (tag ?? '');
  // The hub's way to say "its own one": the name stands beside it.
  const licence = stated === 'other' && typeof name === 'string' ? name : stated;
  return {
    repository: id?.toLowerCase() === asked.toLowerCase() ? id : asked,
    revision: sha,
    licence,
    ...(typeof link === 'string' && /^https:\/\//.test(link) ? { licenceUrl: link } : {}),
    isGated: gated !== undefined && gated !== false,
    files: siblings.map(({ rfilename, size: bytes, lfs }) => {
      const sha256 = lfs?.sha256;
      return file(rfilename, lfs?.size ?? bytes ?? 0, sha256);
    }),
  };
}

const MODEL_SCOPE = z.object({
  Data: z.object({
    Files: z.array(
      z.object({
        Path: z.string(),
        Type: z.optional(z.string()),
        Size: z.optional(z.nullable(size)),
        Sha256: z.optional(z.nullable(z.string())),
        Revision: z.optional(z.nullable(z.string())),
      }),
    ),
    LatestCommitter: z.optional(z.nullable(z.looseObject({ Id: z.optional(z.string()) }))),
  }),
});

/** Reads ModelScope's answer to `GET /api/v1/models/{repository}/repo/files?Recursive=True`. */
export function readModelScope(text: string, asked: string, revision: string): HubRepository {
  const { Data } = parse(MODEL_SCOPE, text);
  return {
    repository: asked,
    revision: Data.LatestCommitter?.Id ?? revision,
    licence: '',
    isGated: false,
    files: Data.Files.filter(({ Type }) => Type !== 'tree').map(({ Path, Size, Sha256, Revision }) => ({
      ...file(Path, Size ?? 0, Sha256 ?? undefined),
      ...(Revision ? { revision: Revision } : {}),
    })),
  };
}

const MODEL_SCOPE_CARD = z.object({ Data: z.object({ License: z.optional(z.nullable(z.string())) }) });

/** The licence in ModelScope's answer to `GET /api/v1/models/{repository}`; empty where there is none. */
export function readModelScopeLicence(text: string): string {
  return parse(MODEL_SCOPE_CARD, text).Data.License ?? '';
}

const MODEL_IDS = z.array(z.object({ id: z.string() }));

/** Repositories in the answer to a search. */
export function readModelIds(text: string): readonly string[] {
  return parse(MODEL_IDS, text).map(({ id }) => id);
}

const REFS = z.object({
  branches: z.optional(z.array(z.object({ name: z.string() }))),
  tags: z.optional(z.array(z.object({ name: z.string() }))),
});

/** Branches and tags in the answer to `GET /api/models/{repository}/refs`. */
export function readRefs(text: string): readonly string[] {
  const { branches = [], tags = [] } = parse(REFS, text);
  return [...branches, ...tags].map(({ name }) => name);
}

function file(path: string, sizeBytes: number, sha256: string | undefined): HubFile {
  const hash = sha256 !== undefined && SHA256.test(sha256) ? { sha256: sha256.toLowerCase() } : {};
  return { path, sizeBytes, ...hash };
}

/** A portal's login page is answered with 200 too: it is told as what it is. */
function parse<T>(schema: z.ZodMiniType<T>, text: string): T {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    const what = /^\s*</.test(text) ? 'a web page' : 'something that isn’t JSON';
    throw new AttemptFailed('serverError', `it answered with ${what} instead of the list of files`);
  }
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  const where = read.error.issues[0]?.path.join('.') ?? '';
  throw new AttemptFailed('serverError', `an answer of another form than expected (at "${where}")`);
}
