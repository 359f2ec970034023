import { l10n } from 'vscode';
import type { DownloadProgress } from '../../protocol/model.js';
import type { RunningDownload } from './downloads.js';
import { bytes } from './modelFileText.js';

/** How far a download is: `174 of 491 MB · 12 MB/s · 26 s left · pypi`. */
export function progressText(progress: DownloadProgress | undefined): string {
  if (progress === undefined) return l10n.t('Starting…');
  const { phase, doneBytes, totalBytes, bytesPerSecond = 0, source } = progress;
  switch (phase) {
    case 'connecting':
      return l10n.t('Connecting to {0}…', source);
    case 'verifying':
      return l10n.t('Checking the file ({0}%)…', percentOf(progress));
    case 'downloading':
    case 'unpacking':
      return [
        totalBytes > 0 ? `${bytes(doneBytes)} / ${bytes(totalBytes)}` : bytes(doneBytes),
        bytesPerSecond > 0 ? l10n.t('{0} MB/s', rateText(bytesPerSecond)) : '',
        bytesPerSecond > 0 && totalBytes > 0 ? leftText((totalBytes - doneBytes) / bytesPerSecond) : '',
        source,
      ]
        .filter((part) => part !== '')
        .join(' · ');
  }
}

/** 0 to 100. */
export function percentOf({ doneBytes, totalBytes }: DownloadProgress): number {
  return totalBytes > 0 ? Math.floor((100 * doneBytes) / totalBytes) : 0;
}

/** A running download in a sentence, for the status item and the chat. */
export function downloadLine({ name, progress }: RunningDownload): string {
  return l10n.t('Downloading {0}: {1}', name, progressText(progress));
}

function rateText(bytesPerSecond: number): string {
  const rate = bytesPerSecond / 1e6;
  return rate.toFixed(rate < 10 ? 1 : 0);
}

function leftText(seconds: number): string {
  if (seconds < 60) return l10n.t('{0} s left', Math.ceil(seconds));
  const minutes = Math.ceil(seconds / 60);
  if (minutes < 60) return l10n.t('{0} min left', minutes);
  return l10n.t('{0} h {1} min left', Math.floor(minutes / 60), minutes % 60);
}
