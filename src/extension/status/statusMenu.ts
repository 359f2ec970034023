import * as vscode from 'vscode';
import { ReportRequest, type EngineReport } from '../../protocol/status.js';
import type { CommandId } from '../commands.js';
import type { CompletionGate } from '../completion/completionGate.js';
import { completionSwitches } from '../completion/completionSwitches.js';
import { gateSentence } from '../completion/gateText.js';
import { ghostTextObstacles } from '../completion/obstacles.js';
import { runOwnCommand } from '../guard.js';
import type { EngineClient } from '../engine/engineClient.js';
import { progressText } from '../models/downloadText.js';
import type { Models } from '../models/models.js';
import { describeState } from './describeState.js';
import { deviceProblemText } from './deviceProblemText.js';

interface MenuItem extends vscode.QuickPickItem {
  readonly run?: () => PromiseLike<unknown>;
}

/** The status item's menu: the state in words, each line with what can be done about it, then the next steps. */
export async function showStatusMenu(
  engine: EngineClient,
  gate: CompletionGate,
  models: Models,
): Promise<void> {
  const items = [
    separator(vscode.l10n.t('Status')),
    ...(await stateItems(engine, models)),
    ...ghostTextItems(gate),
    separator(vscode.l10n.t('Next steps')),
    command(vscode.l10n.t('Open the chat'), 'comment-discussion', 'youtu.chat.new'),
    command(vscode.l10n.t('Why was nothing shown here?'), 'question', 'youtu.completion.why'),
    command(vscode.l10n.t('Choose a model'), 'symbol-misc', 'youtu.model.select'),
    command(vscode.l10n.t('Download a model'), 'cloud-download', 'youtu.model.download'),
    command(vscode.l10n.t('Measure the model’s speed'), 'dashboard', 'youtu.benchmark'),
    command(vscode.l10n.t('Start the HTTP server'), 'broadcast', 'youtu.server.start'),
    command(vscode.l10n.t('Restart the engine'), 'debug-restart', 'youtu.engine.restart'),
    command(vscode.l10n.t('Show the log'), 'output', 'youtu.engine.showLog'),
    {
      label: `$(book) ${vscode.l10n.t('Get started with Youtu Code')}`,
      run: () => vscode.commands.executeCommand('workbench.action.openWalkthrough', WALKTHROUGH, false),
    },
    {
      label: `$(gear) ${vscode.l10n.t('Open the settings')}`,
      run: () => vscode.commands.executeCommand('workbench.action.openSettings', SETTINGS),
    },
  ];
  const picked = await vscode.window.showQuickPick<MenuItem>(items, { title: 'Youtu Code' });
  await picked?.run?.();
}

const SETTINGS = '@ext:youtu-code.youtu-code';
const WALKTHROUGH = 'youtu-code.youtu-code#start';

/** The state, and what is done about it when its line is chosen. */
async function stateItems(engine: EngineClient, models: Models): Promise<readonly MenuItem[]> {
  const { detail, icon } = describeState(engine.state, models);
  const [download] = models.downloads.running;
  if (download !== undefined)
    return [
      {
        label: `$(${icon}) ${download.name}`,
        description: progressText(download.progress),
        detail: vscode.l10n.t('Choose this to cancel the download. What has arrived is kept.'),
        run: () => {
          models.downloads.cancel(download.id);
          return Promise.resolve();
        },
      },
    ];
  const speed = await speedLine(engine);
  const lines = detail.split('\n').map((line, index) => ({
    label: `$(${index === 0 ? icon : 'blank'}) ${line}`,
    description: index > 0 ? '' : speed,
    run: () => runOwnCommand(stepFor(engine, models)),
  }));
  return [...lines, ...deviceItems(engine)];
}

/** GPUs that aren't used, with the reason; the engine's restart tries them again. */
function deviceItems({ state }: EngineClient): readonly MenuItem[] {
  const status = state.kind === 'running' ? state.status : undefined;
  if (status?.kind !== 'ready' && status?.kind !== 'working') return [];
  const problems = status.models.flatMap(({ device }) => (device.problems ?? []).map(deviceProblemText));
  return [...new Set(problems)].map((text) => ({
    label: `$(warning) ${text}`,
    description: vscode.l10n.t('Restart Engine'),
    run: () => runOwnCommand('youtu.engine.restart'),
  }));
}

function stepFor({ state }: EngineClient, { presence }: Models): CommandId {
  if (state.kind === 'crashed') return 'youtu.engine.restart';
  return presence.hasModel === false ? 'youtu.model.download' : 'youtu.model.select';
}

/** Whether ghost text is on at the cursor, what hides it, and its switches. */
function ghostTextItems(gate: CompletionGate): readonly MenuItem[] {
  const document = vscode.window.activeTextEditor?.document;
  const sentence = document && gateSentence(gate.stateOf(document), document);
  const obstacles = ghostTextObstacles();
  return [
    ...obstacles.map(({ message, button, remove }) => ({
      label: `$(warning) ${message}`,
      description: button,
      run: remove,
    })),
    ...completionSwitches(document?.languageId).map(({ label, turn }, index) => ({
      label: `$(edit-sparkle) ${label}`,
      description: index === 0 && sentence !== undefined && obstacles.length === 0 ? sentence : '',
      run: turn,
    })),
  ];
}

function separator(label: string): MenuItem {
  return { label, kind: vscode.QuickPickItemKind.Separator };
}

function command(label: string, codicon: string, id: CommandId): MenuItem {
  return { label: `$(${codicon}) ${label}`, run: () => runOwnCommand(id) };
}

/** The menu must open even if the engine hangs, because it offers the restart. */
const MAX_WAIT_MS = 500;

/** Empty if the engine isn't running: opening the menu must not start it. */
async function speedLine(engine: EngineClient): Promise<string> {
  if (engine.state.kind !== 'running') return '';
  const source = new vscode.CancellationTokenSource();
  const waited = new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), MAX_WAIT_MS));
  try {
    const report = await Promise.race([engine.query(ReportRequest, source.token), waited]);
    return report === undefined ? '' : describeSpeed(report);
  } finally {
    source.dispose();
  }
}

/** Empty before the first work: the speed isn't known yet. */
function describeSpeed({ speed }: EngineReport): string {
  const { decode } = speed ?? {};
  return decode === undefined
    ? ''
    : vscode.l10n.t('writes {0} tokens/s', decode.toFixed(decode < 10 ? 1 : 0));
}
