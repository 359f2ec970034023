import type { KeyRecord } from './replay.js';

const MARKS = { right: '✓', wrong: '✗', nothing: '·', late: '…' } as const;

/** One key in one line: what was typed, what was shown, whether it was right, how soon and from where. */
export function traceLine({
  kind,
  before,
  outcome,
  ghost,
  shownAfterMs,
  figures,
  waitedMs,
  isSlip,
}: KeyRecord): string {
  const typed = JSON.stringify(before).slice(1, -1).slice(-32).padStart(32);
  const text = ghost === undefined ? '' : JSON.stringify(ghost).slice(1, -1).slice(0, 44);
  const time = shownAfterMs === undefined ? '' : shownAfterMs < 3 ? 'kept' : shownAfterMs.toFixed(0);
  const cost =
    figures === undefined
      ? ''
      : `${figures.source} ${figures.promptTokens - figures.cachedTokens}/${figures.promptTokens}+${figures.completionTokens} ${figures.stop}`;
  const wait = `${kind === 'pause' ? '‖' : ' '}${waitedMs.toFixed(0)}`.padStart(5);
  return `${typed}▮${text.padEnd(44)} ${isSlip ? '-' : MARKS[outcome]} ${wait} ${time.padStart(5)}  ${cost}`;
}
