import * as vscode from 'vscode';
import { ModelListRequest } from '../../protocol/model.js';
import { SpeedProbeRequest } from '../../protocol/modelFit.js';
import type { EngineClient } from '../engine/engineClient.js';
import { runOwnCommand } from '../guard.js';
import { RECOMMENDED, recommended } from './downloadModel.js';
import { bytes } from './modelFileText.js';
import type { ModelPresence } from './modelPresence.js';
import { speedText } from './modelText.js';

const OFFERED = 'youtu.starterOffered';
const WALKTHROUGH = 'youtu-code.youtu-code#start';

/**
 * The first minute after installing: without a model, opens the walkthrough and offers the model that suits this
 * machine. Once: a refusal is an answer.
 */
export async function firstRun(
  engine: EngineClient,
  presence: ModelPresence,
  memory: vscode.Memento,
): Promise<void> {
  if ((await presence.check()) !== false || memory.get<boolean>(OFFERED) === true) return;
  await memory.update(OFFERED, true);
  const opensWalkthroughs = vscode.workspace
    .getConfiguration('workbench')
    .get<boolean>('welcomePage.walkthroughs.openOnInstall');
  if (opensWalkthroughs !== false)
    await vscode.commands.executeCommand('workbench.action.openWalkthrough', WALKTHROUGH, false);
  await offer(engine);
}

async function offer(engine: EngineClient): Promise<void> {
  const source = new vscode.CancellationTokenSource();
  try {
    // Without the figures the offer still stands.
    await engine.query(SpeedProbeRequest, source.token).catch(() => null);
    const entry = recommended(await engine.query(ModelListRequest, source.token));
    if (entry === undefined) return;
    const facts = [bytes(entry.sizeBytes), entry.licence.name, speedText(entry.fit?.speed)];
    const download = vscode.l10n.t('Download Model');
    const choose = vscode.l10n.t('Choose Model');
    const answer = await vscode.window.showInformationMessage(
      vscode.l10n.t(
        'Youtu Code needs a model. For this machine {0} suits best ({1}). It runs here, and nothing you write leaves it.',
        entry.name,
        facts.filter((fact) => fact !== '').join(', '),
      ),
      download,
      choose,
    );
    if (answer === download) await runOwnCommand('youtu.model.download', RECOMMENDED);
    else if (answer === choose) await runOwnCommand('youtu.model.select');
  } finally {
    source.dispose();
  }
}
