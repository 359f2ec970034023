import {
  CodeActionKind,
  CodeActionTriggerKind,
  Command,
  type CodeAction,
  type CodeActionParams,
  type Diagnostic,
} from 'vscode-languageserver/node';
import { isSelected, messageOf, type CommandTarget, type EditorCommand } from './commandTarget.js';
import type { EditorCapabilities } from './editorCapabilities.js';

/** The worst come first. More would fill the menu. */
const MAX_DIAGNOSTICS = 3;
const MAX_MESSAGE_LENGTH = 60;

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
  const worst = [...diagnostics]
    .sort((one, other) => (one.severity ?? 1) - (other.severity ?? 1))
    .slice(0, MAX_DIAGNOSTICS);
  const actions = worst.flatMap((diagnostic) => forDiagnostic(uri, diagnostic));
  if (isSelected(range)) actions.push(...forSelection({ uri, range, diagnostics, isSelection: true }));
  else if (triggerKind === CodeActionTriggerKind.Invoked)
    actions.push(...forCursor({ uri, range, diagnostics: [], isSelection: false }, worst.length > 0));
  const offered = actions
    .filter(({ command }) => client.hasApplyEdit || command.command === 'youtu.explain')
    .filter(({ kind }) => only === undefined || only.some((wanted) => contains(wanted, kind)));
  return client.hasCodeActions ? offered : offered.map(({ command }) => command);
}

function forDiagnostic(uri: string, diagnostic: Diagnostic): Action[] {
  const target = { uri, range: diagnostic.range, diagnostics: [diagnostic], isSelection: false };
  const about = shortened(messageOf(diagnostic));
  const kind = CodeActionKind.QuickFix;
  return [
    action(`Fix with Youtu Code: ${about}`, kind, 'youtu.fix', target),
    action(`Explain with Youtu Code: ${about}`, kind, 'youtu.explain', target),
  ].map((each) => ({ ...each, diagnostics: [diagnostic] }));
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
  if (hasProblem) return [document];
  return [
    action('Explain this with Youtu Code', kind, 'youtu.explain', target),
    action('Fix this with Youtu Code', kind, 'youtu.fix', target),
    document,
  ];
}

function action(title: string, kind: CodeActionKind, command: EditorCommand, target: CommandTarget): Action {
  return { title, kind, command: Command.create(title, command, target) };
}

/** Whether a kind is the wanted one or below it: `refactor` contains `refactor.rewrite`, and '' all. */
function contains(wanted: CodeActionKind, kind: CodeActionKind): boolean {
  return wanted === '' || kind === wanted || kind.startsWith(`${wanted}.`);
}

function shortened(message: string): string {
  const [line = ''] = message.split('\n');
  return line.length > MAX_MESSAGE_LENGTH ? `${line.slice(0, MAX_MESSAGE_LENGTH - 1)}…` : line;
}
