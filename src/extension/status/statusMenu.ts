import * as vscode from 'vscode';
import { ReportRequest, type EngineReport } from '../../protocol/status.js';
import type { CommandId } from '../commands.js';
import type { CompletionGate } from '../completion/completionGate.js';
import { completionSwitches } from '../completion/completionSwitches.js';
import { runOwnCommand } from '../guard.js';
import type { EngineClient } from '../engine/engineClient.js';
import { gateSentence } from '../completion/gateText.js';
import { describeState } from './describeState.js';

interface MenuItem extends vscode.QuickPickItem {
  readonly run?: () => PromiseLike<void>;
}

/** The status item's menu: the state in words, and the next steps. */
export async function showStatusMenu(engine: EngineClient, gate: CompletionGate): Promise<void> {
  const { text, detail, icon } = describeState(engine.state);
  const document = vscode.window.activeTextEditor?.document;
  const lines = [
    ...detail.split('\n'),
    await speedLine(engine),
    (document && gateSentence(gate.stateOf(document), document)) ?? '',
  ];
  const command = (label: string, codicon: string, id: CommandId): MenuItem => ({
    label: `$(${codicon}) ${label}`,
    run: () => runOwnCommand(id),
  });
  const items: MenuItem[] = [
    { label: `$(${icon}) ${text}` },
    ...lines.filter((line) => line !== '').map((line) => ({ label: line })),
    { label: '', kind: vscode.QuickPickItemKind.Separator },
    ...completionSwitches(document?.languageId).map(({ label, turn }) => ({
      label: `$(edit-sparkle) ${label}`,
      run: turn,
    })),
    command(vscode.l10n.t('Why was nothing shown here?'), 'question', 'youtu.completion.why'),
    command(vscode.l10n.t('Choose a model'), 'symbol-misc', 'youtu.model.select'),
    command(vscode.l10n.t('Download a model'), 'cloud-download', 'youtu.model.download'),
    command(vscode.l10n.t('Restart the engine'), 'debug-restart', 'youtu.engine.restart'),
    command(vscode.l10n.t('Show the log'), 'output', 'youtu.engine.showLog'),
    {
      label: `$(gear) ${vscode.l10n.t('Open the settings')}`,
      run: () => vscode.commands.executeCommand('workbench.action.openSettings', SETTINGS),
    },
  ];
  const picked = await vscode.window.showQuickPick(items, { title: 'Youtu Code' });
  await picked?.run?.();
}

const SETTINGS = '@ext:youtu-code.youtu-code';

/** The menu must open even if the engine hangs, because it offers the restart. */
const MAX_WAIT_MS = 500;

/** Empty if the engine isn't running: opening the menu must not start it. */
async function speedLine(engine: EngineClient): Promise<string> {
  if (engine.state.kind !== 'running') return '';
  const source = new vscode.CancellationTokenSource();
  const waited = new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), MAX_WAIT_MS));
  try {
    const report = await Promise.race([engine.query(ReportRequest, source.token), waited]);
    return report === undefined ? '' : describeReport(report);
  } finally {
    source.dispose();
  }
}

function describeReport({ speed, threads }: EngineReport): string {
  const { prefill, decode } = speed ?? {};
  // The speed is unknown before the first work.
  const parts = [
    prefill === undefined ? '' : vscode.l10n.t('prefill {0} tokens/s', prefill.toFixed(0)),
    decode === undefined ? '' : vscode.l10n.t('decoding {0} tokens/s', decode.toFixed(0)),
    vscode.l10n.t('{0} / {1} threads', threads.prefill, threads.decode),
  ];
  return parts.filter((part) => part !== '').join(', ');
}
