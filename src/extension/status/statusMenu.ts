import * as vscode from 'vscode';
import { ReportRequest, type EngineReport } from '../../protocol/status.js';
import type { CompletionGate } from '../completion/completionGate.js';
import { completionSwitches } from '../completion/completionSwitches.js';
import type { Engine } from '../engine/engine.js';
import { describeGate } from './describeGate.js';
import { describeState } from './describeState.js';

interface MenuItem extends vscode.QuickPickItem {
  readonly run?: () => PromiseLike<void>;
}

/** What is behind the status item: the state in a sentence, and the next steps. */
export async function showStatusMenu(engine: Engine, gate: CompletionGate): Promise<void> {
  const { text, detail, icon } = describeState(engine.state);
  const document = vscode.window.activeTextEditor?.document;
  const lines = [
    ...detail.split('\n'),
    await speedLine(engine),
    (document && describeGate(gate.stateOf(document), document)) ?? '',
  ];
  const command = (label: string, codicon: string, id: string, ...args: unknown[]): MenuItem => ({
    label: `$(${codicon}) ${label}`,
    run: () => vscode.commands.executeCommand(id, ...args),
  });
  const items: MenuItem[] = [
    { label: `$(${icon}) ${text}` },
    ...lines.filter((line) => line !== '').map((line) => ({ label: line })),
    { label: '', kind: vscode.QuickPickItemKind.Separator },
    ...completionSwitches(document?.languageId).map(({ label, turn }) => ({
      label: `$(edit-sparkle) ${label}`,
      run: turn,
    })),
    command(vscode.l10n.t('Choose a model'), 'symbol-misc', 'youtu.model.select'),
    command(vscode.l10n.t('Download a model'), 'cloud-download', 'youtu.model.download'),
    command(vscode.l10n.t('Restart the engine'), 'debug-restart', 'youtu.engine.restart'),
    command(vscode.l10n.t('Show the log'), 'output', 'youtu.engine.showLog'),
    command(vscode.l10n.t('Open the settings'), 'gear', 'workbench.action.openSettings', SETTINGS),
  ];
  const picked = await vscode.window.showQuickPick(items, { title: 'Youtu Code' });
  await picked?.run?.();
}

const SETTINGS = '@ext:youtu-code.youtu-code';

/** An engine that hangs must not keep the way to its restart closed. */
const MAX_WAIT_MS = 500;

/** Only asks an engine that runs: looking at the status must not start one. */
async function speedLine(engine: Engine): Promise<string> {
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
  // Before the first work there is nothing to tell of its speed.
  const parts = [
    prefill === undefined ? '' : vscode.l10n.t('prefill {0} tokens/s', prefill.toFixed(0)),
    decode === undefined ? '' : vscode.l10n.t('decoding {0} tokens/s', decode.toFixed(0)),
    vscode.l10n.t('{0} / {1} threads', threads.prefill, threads.decode),
  ];
  return parts.filter((part) => part !== '').join(', ');
}
