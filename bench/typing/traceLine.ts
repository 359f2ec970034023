import type { KeyRecord } from './replay.js';

const OUTCOME_SIGNS = { right: '✓', wrong: '✗', nothing: '·', late: '…' } as const;

/** One line for one key: the typed text, the ghost text, its outcome, its latency and its source. */
export function traceLine({
  kind,
  before,
  outcome,
  ghost,
  shownAfterMs,
  stats,
  waitedMs,
  isTypo,
}: KeyRecord): string {
  const typed = JSON.stringify(before).slice(1, -1).slice(-32).padStart(32);
  const text = ghost === undefined ? '' : JSON.stringify(ghost).slice(1, -1).slice(0, 44);
  const time = shownAfterMs === undefined ? '' : shownAfterMs < 3 ? 'kept' : shownAfterMs.toFixed(0);
  const cost =
    stats === undefined
      ? ''
      : `${stats.source} ${stats.promptTokens - stats.cachedTokens}/${stats.promptTokens}+${stats.completionTokens} ${stats.stop}`;
  const wait = `${kind === 'pause' ? '‖' : ' '}${waitedMs.toFixed(0)}`.padStart(5);
  return `${typed}▮${text.padEnd(44)} ${isTypo ? '-' : OUTCOME_SIGNS[outcome]} ${wait} ${time.padStart(5)}  ${cost}`;
}
