import * as vscode from 'vscode';
import {
  ModelDownloadProgress,
  ModelDownloadRequest,
  ModelListRequest,
  type ModelEntry,
} from '../../protocol/model.js';
import type { EngineClient } from '../engine/engineClient.js';
import { bytes } from './modelFileText.js';

/**
 * Downloads a model of the catalogue, with progress and cancel. The licence is named before; one that has to be
 * accepted is asked for.
 * @param id which; asked for when absent
 * @returns the file's path, or `undefined` when the user went back
 */
export async function downloadModel(engine: EngineClient, id?: string): Promise<string | undefined> {
  const source = new vscode.CancellationTokenSource();
  try {
    const entries = await engine.query(ModelListRequest, source.token);
    const entry = id === undefined ? await pick(entries) : entries.find((candidate) => candidate.id === id);
    if (entry === undefined || !(await isAccepted(entry))) return undefined;
    return await fetchWithProgress(engine, entry);
  } finally {
    source.dispose();
  }
}

async function pick(entries: readonly ModelEntry[]): Promise<ModelEntry | undefined> {
  const items = entries.map((entry) => ({
    label: entry.name,
    description: entry.isInstalled
      ? vscode.l10n.t('installed')
      : entry.sizeBytes > 0
        ? bytes(entry.sizeBytes)
        : '',
    detail: describeEntry(entry),
    entry,
  }));
  const picked = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Download a model'),
    placeHolder: vscode.l10n.t('It is stored on this machine and runs here.'),
  });
  return picked?.entry;
}

/** Roles, licence and what it needs, in a line. */
export function describeEntry({ roles, licence, memoryBytes, isStarter, partialBytes }: ModelEntry): string {
  return [
    isStarter ? vscode.l10n.t('starter model') : '',
    roles.includes('completion') ? vscode.l10n.t('completion') : '',
    roles.includes('chat') ? vscode.l10n.t('chat and fixes') : '',
    vscode.l10n.t('licence: {0}', licence.name),
    memoryBytes > 0 ? vscode.l10n.t('{0} of memory', bytes(memoryBytes)) : '',
    partialBytes > 0 ? vscode.l10n.t('{0} already downloaded', bytes(partialBytes)) : '',
  ]
    .filter((part) => part !== '')
    .join(' · ');
}

/** Asks about a licence that must be accepted, and about a file that can't be verified. */
async function isAccepted(entry: ModelEntry): Promise<boolean> {
  const { name, licence, hasKnownHash, isInstalled } = entry;
  const unverified = hasKnownHash || isInstalled ? [] : [unverifiedSentence()];
  if (licence.mustAccept) return licenceAccepted(name, licence, unverified);
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

async function licenceAccepted(
  name: string,
  licence: ModelEntry['licence'],
  unverified: readonly string[],
): Promise<boolean> {
  const accept = vscode.l10n.t('Accept and Download');
  const read = vscode.l10n.t('Read the Licence');
  const detail = [vscode.l10n.t('Read it at {0} before you accept it.', licence.url), ...unverified].join(
    '\n\n',
  );
  for (;;) {
    const choice = await vscode.window.showInformationMessage(
      vscode.l10n.t('{0} has its own licence: {1}', name, licence.name),
      { modal: true, detail },
      accept,
      read,
    );
    if (choice !== read) return choice === accept;
    await vscode.env.openExternal(vscode.Uri.parse(licence.url));
  }
}

async function fetchWithProgress(engine: EngineClient, { id, name, licence }: ModelEntry): Promise<string> {
  const title = vscode.l10n.t('Downloading {0} ({1})', name, licence.name);
  return vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title, cancellable: true },
    async (progress, token) => {
      const workDoneToken = `download-${id}-${Date.now()}`;
      let shown = 0;
      const listener = engine.onProgress(ModelDownloadProgress, workDoneToken, (value) => {
        const { percentage = shown, message } = value;
        progress.report({ increment: percentage - shown, ...(message === undefined ? {} : { message }) });
        shown = percentage;
      });
      try {
        const { path } = await engine.request(
          ModelDownloadRequest,
          { id, licenceAccepted: true, workDoneToken },
          token,
        );
        void vscode.window.showInformationMessage(vscode.l10n.t('{0} is ready.', name));
        return path;
      } finally {
        listener.dispose();
      }
    },
  );
}
