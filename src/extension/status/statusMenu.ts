import * as vscode from 'vscode';
import { ReportRequest, type EngineReport } from '../../protocol/status.js';
import type { Engine } from '../engine.js';
import { describeState } from './describeState.js';

interface MenuItem extends vscode.QuickPickItem {
  readonly command?: string;
}

/** What is behind the status item: the state in a sentence, and the next steps. */
export async function showStatusMenu(engine: Engine): Promise<void> {
  const { text, detail, icon } = describeState(engine.state);
  const lines = [...detail.split('\n'), await speedLine(engine)].filter((line) => line !== '');
  const command = (label: string, id: string, codicon: string): MenuItem => ({
    label: `$(${codicon}) ${label}`,
    command: id,
  });
  const items: MenuItem[] = [
    { label: `$(${icon}) ${text}` },
    ...lines.map((line) => ({ label: line })),
    { label: '', kind: vscode.QuickPickItemKind.Separator },
    command(vscode.l10n.t('Switch ghost text on or off'), 'youtu.completion.toggle', 'edit-sparkle'),
    command(vscode.l10n.t('Choose a model'), 'youtu.model.select', 'symbol-misc'),
    command(vscode.l10n.t('Download a model'), 'youtu.model.download', 'cloud-download'),
    command(vscode.l10n.t('Restart the engine'), 'youtu.engine.restart', 'debug-restart'),
    command(vscode.l10n.t('Show the log'), 'youtu.engine.showLog', 'output'),
    command(vscode.l10n.t('Open the settings'), 'workbench.action.openSettings', 'gear'),
  ];
  const picked = await vscode.window.showQuickPick(items, { title: 'Youtu Code' });
  if (picked?.command === undefined) return;
  await vscode.commands.executeCommand(
    picked.command,
    ...(picked.command === 'workbench.action.openSettings' ? ['@ext:youtu-code.youtu-code'] : []),
  );
}

/** An engine that hangs must not keep the way to its restart closed. */
const LONGEST_WAIT_MS = 500;

/** Only asks an engine that runs: looking at the status must not start one. */
async function speedLine(engine: Engine): Promise<string> {
  if (engine.state.kind !== 'running') return '';
  const source = new vscode.CancellationTokenSource();
  const waited = new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), LONGEST_WAIT_MS));
  try {
    const report = await Promise.race([engine.query(ReportRequest, source.token), waited]);
    return report === undefined ? '' : describeReport(report);
  } finally {
    source.dispose();
  }
}

function describeReport({ speed, threads }: EngineReport): string {
  const rate = (value: number | undefined): string => (value === undefined ? '–' : value.toFixed(0));
  return vscode.l10n.t(
    '{0} tokens/s read, {1} tokens/s written, {2} / {3} threads',
    rate(speed?.prefill),
    rate(speed?.decode),
    threads.prefill,
    threads.decode,
  );
}
