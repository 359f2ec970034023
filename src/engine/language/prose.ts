const PROSE = new Set(['markdown', 'plaintext', 'latex', 'restructuredtext', 'asciidoc', 'git-commit']);

/** Languages of sentences: no scopes, no brackets that must close, and talk is what is wanted. */
export function isProse(languageId: string): boolean {
  return PROSE.has(languageId);
}
