import * as vscode from 'vscode';
import type { CommandId } from '../commands.js';
import { Disposables } from '../disposables.js';
import { SYNCED_SCHEMES } from '../engine/documentSync.js';
import type { TargetArgument } from './editTarget.js';

/** Fix and Explain in the light bulb of diagnostics, and these and others on a selection. Cheap: the model works in the command. */
export class CodeActions extends Disposables implements vscode.CodeActionProvider {
  static readonly kinds = [
    vscode.CodeActionKind.QuickFix,
    vscode.CodeActionKind.RefactorRewrite,
    vscode.CodeActionKind.Source,
  ];

  constructor() {
    super();
    const selector = SYNCED_SCHEMES.map((scheme) => ({ scheme }));
    const metadata = { providedCodeActionKinds: CodeActions.kinds };
    this.own(vscode.languages.registerCodeActionsProvider(selector, this, metadata));
  }

  provideCodeActions(
    { uri }: vscode.TextDocument,
    range: vscode.Range,
    { diagnostics, only, triggerKind }: vscode.CodeActionContext,
  ): vscode.CodeAction[] {
    const isWanted = (kind: vscode.CodeActionKind): boolean => only === undefined || only.contains(kind);
    const actions: vscode.CodeAction[] = [];
    if (isWanted(vscode.CodeActionKind.QuickFix)) actions.push(...forDiagnostics(uri, diagnostics));
    if (isWanted(vscode.CodeActionKind.RefactorRewrite)) {
      if (!range.isEmpty) actions.push(...forSelection({ uri, range, isSelection: true, diagnostics }));
      // By itself, the light bulb would then show at every cursor.
      else if (triggerKind === vscode.CodeActionTriggerKind.Invoke)
        actions.push(...forCursor({ uri, range, isSelection: false, diagnostics: [] }));
    }
    // Not on saving: the comments are to be reviewed.
    const isInvoked = triggerKind === vscode.CodeActionTriggerKind.Invoke;
    if (isInvoked && only !== undefined && isWanted(vscode.CodeActionKind.Source))
      actions.push(forFile({ uri, range, isSelection: false, diagnostics: [] }));
    return actions;
  }
}

/**
 * One of each for all diagnostics of the place. VS Code lists quick fixes that name their diagnostics before those that
 * don't: these name none, so the language's own come first.
 */
function forDiagnostics(uri: vscode.Uri, diagnostics: readonly vscode.Diagnostic[]): vscode.CodeAction[] {
  const worstFirst = [...diagnostics].sort((one, other) => one.severity - other.severity);
  const [worst, ...others] = worstFirst;
  if (worst === undefined) return [];
  const range = others.reduce((all, other) => all.union(other.range), worst.range);
  const argument: TargetArgument = { uri, range, isSelection: false, diagnostics: worstFirst };
  const kind = vscode.CodeActionKind.QuickFix;
  return [
    action(vscode.l10n.t('Fix with Youtu Code'), kind, 'youtu.fix', argument),
    action(vscode.l10n.t('Explain with Youtu Code'), kind, 'youtu.explain', argument),
  ];
}

function forSelection(argument: TargetArgument): vscode.CodeAction[] {
  const kind = vscode.CodeActionKind.RefactorRewrite;
  return [
    action(vscode.l10n.t('Explain selection with Youtu Code'), kind, 'youtu.explain', argument),
    action(vscode.l10n.t('Fix selection with Youtu Code'), kind, 'youtu.fix', argument),
    action(vscode.l10n.t('Document selection with Youtu Code'), kind, 'youtu.document', argument),
    editAction(argument),
  ];
}

function forFile(argument: TargetArgument): vscode.CodeAction {
  const title = vscode.l10n.t('Document all symbols with Youtu Code');
  return action(title, vscode.CodeActionKind.Source, 'youtu.documentAll', argument);
}

function forCursor(argument: TargetArgument): vscode.CodeAction[] {
  const kind = vscode.CodeActionKind.RefactorRewrite;
  const title = vscode.l10n.t('Write tests with Youtu Code');
  return [action(title, kind, 'youtu.writeTests', argument), editAction(argument)];
}

function editAction(argument: TargetArgument): vscode.CodeAction {
  const kind = vscode.CodeActionKind.RefactorRewrite;
  return action(vscode.l10n.t('Edit with Youtu Code…'), kind, 'youtu.edit', argument);
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
