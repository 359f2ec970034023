import * as vscode from 'vscode';
import type { CommandId } from '../commands.js';
import { Disposables } from '../disposables.js';
import { SYNCED_SCHEMES } from '../engine/documentSync.js';
import type { TargetArgument } from './editTarget.js';

/** More of them would fill the menu; the worst come first. */
const MAX_DIAGNOSTICS = 3;
const MAX_MESSAGE_LENGTH = 60;

/** Fix and Explain in the light bulb of every diagnostic, and on a selection. Cheap: the model works in the command. */
export class CodeActions extends Disposables implements vscode.CodeActionProvider {
  static readonly kinds = [vscode.CodeActionKind.QuickFix, vscode.CodeActionKind.RefactorRewrite];

  constructor() {
    super();
    const selector = SYNCED_SCHEMES.map((scheme) => ({ scheme }));
    const metadata = { providedCodeActionKinds: CodeActions.kinds };
    this.own(vscode.languages.registerCodeActionsProvider(selector, this, metadata));
  }

  provideCodeActions(
    { uri }: vscode.TextDocument,
    range: vscode.Range,
    { diagnostics, only }: vscode.CodeActionContext,
  ): vscode.CodeAction[] {
    const isWanted = (kind: vscode.CodeActionKind): boolean => only === undefined || only.contains(kind);
    const actions: vscode.CodeAction[] = [];
    if (isWanted(vscode.CodeActionKind.QuickFix)) {
      const worst = [...diagnostics].sort((a, b) => a.severity - b.severity).slice(0, MAX_DIAGNOSTICS);
      for (const diagnostic of worst) actions.push(...forDiagnostic(uri, diagnostic));
    }
    if (isWanted(vscode.CodeActionKind.RefactorRewrite) && !range.isEmpty) {
      actions.push(...forSelection({ uri, range, isSelection: true, diagnostics }));
    }
    return actions;
  }
}

function forDiagnostic(uri: vscode.Uri, diagnostic: vscode.Diagnostic): vscode.CodeAction[] {
  const argument: TargetArgument = {
    uri,
    range: diagnostic.range,
    isSelection: false,
    diagnostics: [diagnostic],
  };
  const message = shortened(diagnostic.message);
  const actions = [
    action(
      vscode.l10n.t('Fix with Youtu Code: {0}', message),
      vscode.CodeActionKind.QuickFix,
      'youtu.fix',
      argument,
    ),
    action(
      vscode.l10n.t('Explain with Youtu Code: {0}', message),
      vscode.CodeActionKind.QuickFix,
      'youtu.explain',
      argument,
    ),
  ];
  for (const each of actions) each.diagnostics = [diagnostic];
  return actions;
}

function forSelection(argument: TargetArgument): vscode.CodeAction[] {
  const kind = vscode.CodeActionKind.RefactorRewrite;
  return [
    action(vscode.l10n.t('Explain selection with Youtu Code'), kind, 'youtu.explain', argument),
    action(vscode.l10n.t('Fix selection with Youtu Code'), kind, 'youtu.fix', argument),
    action(vscode.l10n.t('Document selection with Youtu Code'), kind, 'youtu.document', argument),
  ];
}

function action(
  title: string,
  kind: vscode.CodeActionKind,
  command: CommandId,
  argument: TargetArgument,
): vscode.CodeAction {
  const made = new vscode.CodeAction(title, kind);
  made.command = { title, command, arguments: [argument] };
  return made;
}

function shortened(message: string): string {
  const [line = ''] = message.split('\n');
  return line.length > MAX_MESSAGE_LENGTH ? `${line.slice(0, MAX_MESSAGE_LENGTH - 1)}…` : line;
}
