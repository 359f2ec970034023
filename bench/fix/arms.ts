import { TextDocument } from 'vscode-languageserver-textdocument';
import type { EditParams } from '../../src/protocol/edit.js';
import { EngineError } from '../../src/protocol/errors.js';
import { machineCheckers } from '../../src/engine/checkers/machineCheckers.js';
import { Workspace } from '../../src/engine/completion/context/workspace.js';
import type { ContextQueue } from '../../src/engine/decoding/contextQueue.js';
import type { Decoder } from '../../src/engine/decoding/decoder.js';
import { indentAt } from '../../src/engine/edit/codeShape.js';
import { EditService } from '../../src/engine/edit/editService.js';
import { sourceOf, textWith } from '../../src/engine/edit/editTask.js';
import { FixTask, type FixChecks } from '../../src/engine/edit/fix/fixTask.js';
import type { SyntaxTrees } from '../../src/engine/syntax/syntaxTrees.js';
import type { FixCase } from './fixCases.js';

/** What an arm offers for a case. */
export interface Offer {
  /** The whole text with the fix. */
  readonly text: string;
  readonly isVerified: boolean;
  /** Where the fix comes from, with the reason when it isn't verified. */
  readonly origin: string;
}

export interface FixArm {
  readonly name: string;
  /** @returns `undefined` when it offers nothing */
  fix(fixCase: FixCase): Promise<Offer | undefined>;
}

export interface ModelDeps {
  readonly queue: ContextQueue;
  readonly decoder: Decoder;
}

/** The product's candidates that need no model. */
export function cheapArm(trees: SyntaxTrees): FixArm {
  const checks = checksWith(trees);
  return {
    name: 'no model',
    fix: async (fixCase) => {
      const { document, params } = requestFor(fixCase);
      const task = new FixTask(sourceOf(document), params, checks);
      const outcome = await task.withoutModel(() => undefined, new AbortController().signal);
      if (outcome === undefined) return undefined;
      const text = textWith(sourceOf(document), outcome.span, outcome.newText);
      return { text, ...verdictOf(outcome) };
    },
  };
}

export const PRODUCT = 'product';

/** The whole fix of the product. */
export function productArm(trees: SyntaxTrees, { queue, decoder }: ModelDeps): FixArm {
  const host = { contextQueue: () => Promise.resolve(queue) };
  const service = new EditService(host, decoder, { during: (_, work) => work() }, checksWith(trees));
  return {
    name: PRODUCT,
    fix: async (fixCase) => {
      const { document, params } = requestFor(fixCase);
      try {
        const result = await service.edit(params, document, new AbortController().signal, () => undefined);
        const text = TextDocument.applyEdits(document, [{ range: result.range, newText: result.newText }]);
        return { text, ...verdictOf(result) };
      } catch (error) {
        if (error instanceof EngineError && error.data.kind === 'editImpossible') return undefined;
        throw error;
      }
    },
  };
}

function checksWith(syntax: SyntaxTrees): FixChecks {
  const checkers = machineCheckers(new Workspace());
  return { syntax, checkers, suggestions: checkers };
}

function verdictOf({
  verdict,
  origin,
}: Pick<Awaited<ReturnType<EditService['edit']>>, 'verdict' | 'origin'>): {
  readonly isVerified: boolean;
  readonly origin: string;
} {
  return { isVerified: verdict.kind === 'verified', origin };
}

/** As an editor asks: with the diagnostic, for a trusted workspace. */
export function requestFor({ original, broken }: FixCase): { document: TextDocument; params: EditParams } {
  const document = TextDocument.create(original.uri, original.languageId, 1, broken.text);
  const { line, column, message } = broken.diagnostic;
  const end = document.positionAt(document.offsetAt({ line: line + 1, character: 0 }) - 1).character;
  const start = { line, character: Math.min(column, end) };
  const range = { start, end: { line, character: Math.max(end, start.character) } };
  return {
    document,
    params: {
      textDocument: { uri: document.uri, version: 1 },
      intent: 'fix',
      range,
      isSelection: false,
      diagnostics: [{ range, message, severity: 1 }],
      indent: indentAt(document, range.start),
      isTrusted: true,
      progressToken: '',
    },
  };
}
