import type { DownloadProgress } from '../../protocol/model.js';
import { byteText, durationText } from './format.js';
import type { Terminal } from './terminal.js';

/** The progress of a download: a redrawn bar in a terminal, a line for each tenth in a log. */
export class ProgressDisplay {
  private drawnAt = 0;
  private tenth = -1;
  private isDrawn = false;
  private isVerifying = false;

  constructor(private readonly terminal: Terminal) {}

  show(progress: DownloadProgress): void {
    if (this.terminal.isWatched) this.draw(progress);
    else this.log(progress);
  }

  /** Clears the bar, so that a line can be written. */
  clear(): void {
    if (this.isDrawn) this.terminal.writeNote('\r\u001b[K');
    this.isDrawn = false;
    this.drawnAt = 0;
  }

  private draw(progress: DownloadProgress): void {
    const now = performance.now();
    if (now - this.drawnAt < 100) return;
    this.drawnAt = now;
    this.isDrawn = true;
    const text = barText(progress, this.terminal.columns - 1);
    this.terminal.writeNote(`\r${text}\u001b[K`);
  }

  private log({ doneBytes, totalBytes, source, phase }: DownloadProgress): void {
    if (phase === 'verifying' && !this.isVerifying) this.terminal.writeNote('verifying SHA-256\n');
    this.isVerifying = phase === 'verifying';
    if (totalBytes === 0 || phase === 'connecting' || phase === 'verifying') return;
    const tenth = Math.floor((10 * doneBytes) / totalBytes);
    if (tenth === this.tenth) return;
    this.tenth = tenth;
    this.terminal.writeNote(`${tenth * 10}% of ${byteText(totalBytes)} from ${source}\n`);
  }
}

function speedText({ doneBytes, totalBytes, phase, bytesPerSecond }: DownloadProgress): string {
  if (bytesPerSecond === undefined || bytesPerSecond <= 0 || phase === 'connecting') return '';
  const left = durationText((totalBytes - doneBytes) / bytesPerSecond);
  return `${(bytesPerSecond / 1e6).toFixed(1)} MB/s  ${left} left`;
}

/** The bar as one line of at most `columns` characters. */
export function barText(progress: DownloadProgress, columns: number): string {
  const { doneBytes, totalBytes, source, phase } = progress;
  const words: Record<typeof phase, string> = {
    connecting: `connecting to ${source}`,
    downloading: `from ${source}`,
    unpacking: `from ${source}, unpacking`,
    verifying: 'verifying SHA-256',
  };
  if (totalBytes === 0) return words[phase].slice(0, columns);
  const share = Math.min(1, doneBytes / totalBytes);
  const amounts = `${String(Math.floor(100 * share)).padStart(3)}%  ${byteText(doneBytes)} of ${byteText(totalBytes)}`;
  const text = [amounts, speedText(progress), words[phase]].filter((part) => part !== '').join('  ');
  const width = Math.min(30, columns - text.length - 3);
  if (width < 5) return text.slice(0, columns);
  const filled = Math.round(width * share);
  return `[${'#'.repeat(filled)}${'.'.repeat(width - filled)}] ${text}`;
}
