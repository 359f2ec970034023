import type { DeviceInfo } from '../../protocol/status.js';

/** A table with aligned columns: words to the left, numbers to the right. */
export function textTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((cells) => (cells[column] ?? '').length)));
  const isNumeric = head.map((_, column) => rows.every((cells) => /^[\d–×]/.test(cells[column] ?? '–')));
  const line = (cells: readonly string[]): string =>
    widths
      .map((width, column) => {
        const cell = cells[column] ?? '';
        return isNumeric[column] === true ? cell.padStart(width) : cell.padEnd(width);
      })
      .join('  ')
      .trimEnd();
  return all.map((cells) => `${line(cells)}\n`).join('');
}

/** `491 MB`, `2.1 GB`; exact below a megabyte. */
export function byteText(count: number): string {
  if (count >= 1e9) return `${(count / 1e9).toFixed(1)} GB`;
  if (count >= 1e6) return `${Math.round(count / 1e6)} MB`;
  return `${count.toLocaleString('en')} bytes`;
}

/** Two numbers to compare: exact when they would be the same after rounding. */
export function bytePair(first: number, second: number): readonly [string, string] {
  const pair = [byteText(first), byteText(second)] as const;
  if (pair[0] !== pair[1] || first === second) return pair;
  return [`${first.toLocaleString('en')} bytes`, `${second.toLocaleString('en')} bytes`];
}

/** `26 s`, `4 min`, `1 h 5 min`. */
export function durationText(seconds: number): string {
  if (seconds < 60) return `${Math.ceil(seconds)} s`;
  const minutes = Math.ceil(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** The device that a model runs on. */
export function deviceText({ kind, name, offloadedLayers, totalLayers, build }: DeviceInfo): string {
  if (kind === 'cpu') return `on the CPU (${build})`;
  if (kind === 'remote') return `on the server ${name ?? ''} (${build})`;
  return `${offloadedLayers} of ${totalLayers} layers on ${name ?? kind} (${build})`;
}

const MAX_LINE_LENGTH = 2000;
const HEAD_LENGTH = 1200;
const TAIL_LENGTH = 600;

/** A text for reading: without the middle of lines that no one can read, such as a name of 100,000 letters in a sentence. */
export function readableText(text: string): string {
  if (text.length <= MAX_LINE_LENGTH) return text;
  return text
    .split('\n')
    .map((line) => {
      if (line.length <= MAX_LINE_LENGTH) return line;
      const left = (line.length - HEAD_LENGTH - TAIL_LENGTH).toLocaleString('en');
      return `${line.slice(0, HEAD_LENGTH)} … (${left} characters) … ${line.slice(-TAIL_LENGTH)}`;
    })
    .join('\n');
}
