import * as vscode from 'vscode';
import type { ModelEntry } from '../../protocol/model.js';
import { percentOf, progressText } from './downloadText.js';
import type { Downloads } from './downloads.js';
import { offerFirstUse } from './tryModel.js';

/** Names the licence, and asks whether it is accepted. @param unverified what else has to be known before */
export async function acceptsLicence(
  name: string,
  licence: ModelEntry['licence'],
  unverified: readonly string[] = [],
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

/** A second request for the same model shows the progress of the first. */
export async function fetchWithProgress(
  downloads: Downloads,
  { id, name, licenceName }: { readonly id: string; readonly name: string; readonly licenceName: string },
  hubToken?: string,
): Promise<void> {
  const title = vscode.l10n.t('Downloading {0} ({1})', name, licenceName);
  await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title, cancellable: true },
    async (progress, token) => {
      let shown = 0;
      const show = (): void => {
        const running = downloads.running.find((download) => download.id === id);
        if (running?.progress === undefined) return;
        const percent = percentOf(running.progress);
        // Checking the file fills a bar of its own: this one stays where it is.
        const increment = running.progress.phase === 'verifying' ? 0 : Math.max(0, percent - shown);
        shown += increment;
        progress.report({ increment, message: progressText(running.progress) });
      };
      const listeners = [
        downloads.onDidChange(show),
        token.onCancellationRequested(() => downloads.cancel(id)),
      ];
      try {
        await downloads.start({ id, name }, hubToken);
      } finally {
        for (const listener of listeners) listener.dispose();
      }
    },
  );
  void offerFirstUse(name);
}
