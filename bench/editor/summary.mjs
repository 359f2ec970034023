/** The statistics of a run. */
export function summarize({
  samples,
  repairs,
  typed,
  engineSeconds,
  allSeconds,
  wallSeconds,
  cores,
  ...rest
}) {
  const busy = (seconds) => seconds / wallSeconds / cores;
  return {
    ...rest,
    typed,
    repairs,
    keys: statsOf(samples.filter(({ isPause }) => !isPause)),
    pauses: statsOf(samples.filter(({ isPause }) => isPause)),
    engineBusy: busy(engineSeconds),
    allBusy: busy(allSeconds),
    wallSeconds,
    cores,
  };
}

function statsOf(samples) {
  const shown = samples.filter(({ text }) => text.trim() !== '');
  const times = shown.map(({ ms }) => ms).filter((ms) => ms !== undefined);
  return {
    count: samples.length,
    shown: shown.length / samples.length,
    right: samples.filter(({ isRight }) => isRight).length / samples.length,
    rightOfShown: samples.filter(({ isRight }) => isRight).length / shown.length,
    p50: percentile(times, 0.5),
    p95: percentile(times, 0.95),
  };
}

function percentile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}

/** Prints one row for the keys and one for the pauses of each run. */
export function printSummaries(summaries) {
  const rows = summaries.flatMap((summary) =>
    ['keys', 'pauses'].map((kind) => {
      const { count, shown, right, rightOfShown, p50, p95 } = summary[kind];
      return {
        run: `${summary.language}, brackets ${summary.brackets}`,
        after: kind,
        count,
        shown: percent(shown),
        right: percent(right),
        'right of shown': percent(rightOfShown),
        'ms p50': p50?.toFixed(0),
        'ms p95': p95?.toFixed(0),
        'engine, of all cores': kind === 'keys' ? summary.engineBusy.toFixed(2) : '',
        'all processes': kind === 'keys' ? summary.allBusy.toFixed(2) : '',
      };
    }),
  );
  console.table(rows);
}

const percent = (share) => (Number.isFinite(share) ? `${(100 * share).toFixed(0)} %` : '–');
