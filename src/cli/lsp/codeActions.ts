import {
  CodeActionKind,
  CodeActionTriggerKind,
  Command,
  type CodeAction,
  type CodeActionParams,
  type Diagnostic,
  type Position,
  type Range,
} from 'vscode-languageserver/node';
import { isSelected, type CommandTarget, type EditorCommand } from './commandTarget.js';
import type { EditorCapabilities } from './editorCapabilities.js';

type Action = CodeAction & { readonly kind: CodeActionKind; readonly command: Command };

/**
 * Fix, Explain and Document for diagnostics and for a selection; for the cursor only when the user has opened the menu,
 * to avoid a light bulb on every line. Each is a command: the model has yet to write the edit, and editors show no
 * progress while they wait for `codeAction/resolve`.
 */
export function codeActions(
  { textDocument: { uri }, range, context }: CodeActionParams,
  client: Pick<EditorCapabilities, 'hasApplyEdit' | 'hasCodeActions'>,
): (Command | CodeAction)[] {
  const { diagnostics, only, triggerKind } = context;
  const actions = forDiagnostics(uri, diagnostics);
  if (isSelected(range)) actions.push(...forSelection({ uri, range, diagnostics, isSelection: true }));
  else if (triggerKind === CodeActionTriggerKind.Invoked)
    actions.push(...forCursor({ uri, range, diagnostics: [], isSelection: false }, diagnostics.length > 0));
  const offered = actions
    .filter(({ command }) => client.hasApplyEdit || command.command === 'youtu.explain')
    .filter(({ kind }) => only === undefined || only.some((wanted) => contains(wanted, kind)));
  return client.hasCodeActions ? offered : offered.map(({ command }) => command);
}

/** One of each for all diagnostics of the place: the menu has other entries, too. */
function forDiagnostics(uri: string, diagnostics: readonly Diagnostic[]): Action[] {
  const worstFirst = [...diagnostics].sort((one, other) => (one.severity ?? 1) - (other.severity ?? 1));
  const [worst, ...others] = worstFirst;
  if (worst === undefined) return [];
  const range = others.reduce((all, other) => union(all, other.range), worst.range);
  const target = { uri, range, diagnostics: worstFirst, isSelection: false };
  const kind = CodeActionKind.QuickFix;
  return [
    action('Fix with Youtu Code', kind, 'youtu.fix', target),
    action('Explain with Youtu Code', kind, 'youtu.explain', target),
  ].map((each) => ({ ...each, diagnostics: worstFirst }));
}

function union(one: Range, other: Range): Range {
  return {
    start: isBefore(other.start, one.start) ? other.start : one.start,
    end: isBefore(one.end, other.end) ? other.end : one.end,
  };
}

function isBefore(one: Position, other: Position): boolean {
  return one.line < other.line || (one.line === other.line && one.character < other.character);
}

function forSelection(target: CommandTarget): Action[] {
  const kind = CodeActionKind.RefactorRewrite;
  return [
    action('Explain selection with Youtu Code', kind, 'youtu.explain', target),
    action('Fix selection with Youtu Code', kind, 'youtu.fix', target),
    action('Document selection with Youtu Code', kind, 'youtu.document', target),
  ];
}

function forCursor(target: CommandTarget, hasProblem: boolean): Action[] {
  const kind = CodeActionKind.RefactorRewrite;
  const document = action('Document this with Youtu Code', kind, 'youtu.document', target);
  const all = CodeActionKind.Source;
  const documentAll = action('Document all symbols with Youtu Code', all, 'youtu.documentAll', target);
  if (hasProblem) return [document, documentAll];
  return [
    action('Explain this with Youtu Code', kind, 'youtu.explain', target),
    action('Fix this with Youtu Code', kind, 'youtu.fix', target),
    document,
    documentAll,
  ];
}

function action(title: string, kind: CodeActionKind, command: EditorCommand, target: CommandTarget): Action {
  return { title, kind, command: Command.create(title, command, target) };
}

/** Whether a kind is the wanted one or below it: `refactor` contains `refactor.rewrite`, and '' all. */
function contains(wanted: CodeActionKind, kind: CodeActionKind): boolean {
  return wanted === '' || kind === wanted || kind.startsWith(`${wanted}.`);
}
