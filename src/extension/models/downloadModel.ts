import * as vscode from 'vscode';
import { ModelListRequest, type ModelEntry } from '../../protocol/model.js';
import { SpeedProbeRequest } from '../../protocol/modelFit.js';
import type { EngineClient } from '../engine/engineClient.js';
import { acceptsLicence, fetchWithProgress } from './fetchModel.js';
import { downloadHubModel, isHubName, type HubDeps } from './hubModel.js';
import { modelItems, modelsInUse } from './modelItems.js';

/** The model that suits this machine, where a command takes an id. */
export const RECOMMENDED = 'recommended';

/**
 * Downloads a model of the catalogue, with progress and cancel. The licence is named before; one that has to be
 * accepted is asked for.
 * @param id which, or {@link RECOMMENDED}; asked for when absent
 * @returns its id, or `undefined` when the user went back
 */
export async function downloadModel(deps: HubDeps, id?: string): Promise<string | undefined> {
  if (id !== undefined && isHubName(id)) return downloadHubModel(deps, id);
  const { engine, downloads } = deps;
  const source = new vscode.CancellationTokenSource();
  try {
    // What suits the machine follows from its speed. Without a figure the starter does.
    if (id === RECOMMENDED) await engine.query(SpeedProbeRequest, source.token).catch(() => null);
    const entries = await engine.query(ModelListRequest, source.token);
    const entry = id === undefined ? await pick(engine, entries) : entryOf(entries, id);
    if (entry === undefined || !(await isAccepted(entry))) return undefined;
    await fetchWithProgress(downloads, { ...entry, licenceName: entry.licence.name });
    return entry.id;
  } finally {
    source.dispose();
  }
}

function entryOf(entries: readonly ModelEntry[], id: string): ModelEntry | undefined {
  return id === RECOMMENDED ? recommended(entries) : entries.find((candidate) => candidate.id === id);
}

/** What a machine without a model should get first. */
export function recommended(entries: readonly ModelEntry[]): ModelEntry | undefined {
  return (
    entries.find(({ recommendedFor = [] }) => recommendedFor.includes('completion')) ??
    entries.find(({ isStarter }) => isStarter)
  );
}

async function pick(engine: EngineClient, entries: readonly ModelEntry[]): Promise<ModelEntry | undefined> {
  const items = modelItems(
    entries.filter(({ isInstalled }) => !isInstalled),
    modelsInUse(engine),
  );
  if (items.length === 0) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('All models of the catalogue are on this machine already.'),
    );
    return undefined;
  }
  const picked = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Download a model'),
    placeHolder: vscode.l10n.t('It is stored on this machine and runs here.'),
    matchOnDescription: true,
    matchOnDetail: true,
  });
  return picked !== undefined && 'entry' in picked ? picked.entry : undefined;
}

/** Asks about a licence that must be accepted, and about a file that can't be verified. */
async function isAccepted(entry: ModelEntry): Promise<boolean> {
  const { name, licence, hasKnownHash, isInstalled } = entry;
  const unverified = hasKnownHash || isInstalled ? [] : [unverifiedSentence()];
  if (licence.mustAccept) return acceptsLicence(name, licence, unverified);
  if (unverified.length === 0) return true;
  const download = vscode.l10n.t('Download');
  const question = vscode.l10n.t('Download {0}?', name);
  const options = { modal: true, detail: unverified.join('\n') };
  return (await vscode.window.showWarningMessage(question, options, download)) === download;
}

function unverifiedSentence(): string {
  return vscode.l10n.t(
    'Unverified: this file’s SHA-256 isn’t in the catalogue. It is compared between two download sources if both answer; otherwise you have to trust the one that delivers it.',
  );
}
