/** Routes of OpenAI's API, which some clients ask for without `/v1`. */
const OPENAI_PATHS = /^\/(?:chat\/completions|completions|models(?:\/.*)?)$/;
/** Paths of other APIs for the same. */
const OTHER_APIS: readonly (readonly [RegExp, string])[] = [
  [/\/completion$/, '/v1/completions'],
  [/\/(?:responses|messages|generate|api\/chat)$/, '/v1/chat/completions'],
  [/\/(?:tags|list)$/, '/v1/models'],
];

/** Routes of OpenAI's and others' APIs that no model here could answer. */
const UNSERVED: readonly (readonly [path: RegExp, what: string])[] = [
  [/\/embed(?:dings?)?$/, 'embeddings'],
  [/\/rerank(?:ing)?$/, 'rankings'],
  [/\/moderations$/, 'moderation'],
  [/\/images\/\w+$/, 'images'],
  [/\/audio\/\w+$/, 'speech and transcripts'],
];

/** What another server would answer at this path, and this one can't. */
export function unservedAt(path: string): string | undefined {
  return UNSERVED.find(([pattern]) => pattern.test(path))?.[1];
}

/** The path of a route that a request means: a base URL with a slash at its end, or without `/v1`, makes others. */
export function routePath(asked: string): string {
  const folded = asked.replace(/\/{2,}/g, '/').replace(/(.)\/$/, '$1');
  return OPENAI_PATHS.test(folded) ? `/v1${folded}` : folded;
}

/** The route that a path which is none may mean. */
export function nearestPath(asked: string, routes: readonly string[]): string | undefined {
  const all = routes
    .filter((route) => route.length > 1 && !route.includes(':'))
    .toSorted((a, b) => b.length - a.length);
  const byEnd = all.find((route) => asked.endsWith(route.replace(/^\/v1/, '')));
  const byStart = asked.length > 3 ? all.find((route) => route.startsWith(`${asked}/`)) : undefined;
  return byStart ?? OTHER_APIS.find(([other]) => other.test(asked))?.[1] ?? byEnd;
}
