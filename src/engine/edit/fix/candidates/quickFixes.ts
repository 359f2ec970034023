import { TextDocument } from 'vscode-languageserver-textdocument';
import type { QuickFix } from '../../../../protocol/edit.js';
import { candidateOf, type Candidate } from './candidate.js';

/** More are seldom about the problem itself; compilers suggest fewer. */
const MAX_QUICK_FIXES = 8;

/** What the editor's language server would do about the problem. The one that it prefers needs no proof. */
export function quickFixCandidates(text: string, quickFixes: readonly QuickFix[]): readonly Candidate[] {
  const document = TextDocument.create('', '', 0, text);
  return [...quickFixes]
    .sort((one, other) => Number(other.isPreferred) - Number(one.isPreferred))
    .slice(0, MAX_QUICK_FIXES)
    .flatMap(({ edits, isPreferred }) => {
      const after = applied(document, edits);
      const kind = { origin: 'quickFix', needsProof: !isPreferred } as const;
      const candidate = after === undefined ? undefined : candidateOf(text, after, kind);
      return candidate === undefined ? [] : [candidate];
    });
}

/** What compilers would change about the problem. It may be a guess, so that only what clears the message is offered. */
export function compilerFixCandidates(text: string, suggested: readonly string[]): readonly Candidate[] {
  return suggested
    .slice(0, MAX_QUICK_FIXES)
    .flatMap((after) => candidateOf(text, after, { origin: 'compiler', needsProof: true }) ?? []);
}

/** @returns `undefined` when the edits overlap: what a client sends may be wrong */
function applied(document: TextDocument, edits: QuickFix['edits']): string | undefined {
  try {
    return TextDocument.applyEdits(document, [...edits]);
  } catch {
    return undefined;
  }
}
