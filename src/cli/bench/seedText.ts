import type { BenchStats, SeedStats, SeedReport } from '../../protocol/benchmark.js';
import { byteText, deviceText, textTable } from '../terminal/format.js';

/** Explains columns that only this table has. */
const COLUMN_NOTES = [
  'memory: peak of the process (RSS).',
  'speedup: latency without the cache divided by latency with it, over the same tokens.',
];

/** The report as text: model and machine, results, method. */
export function seedText(report: SeedReport): string {
  const head = [
    'prompt',
    'generated',
    'KV cache',
    'measured',
    'latency',
    'first token',
    'tokens/s',
    'memory',
    'speedup',
  ];
  const rows = report.rows.flatMap((row) => [
    [`${row.promptTokens}`, `${row.generatedTokens}`, 'on', ...cells(row.cached, row), '–'],
    [
      `${row.promptTokens}`,
      `${row.generatedTokens}`,
      'off',
      ...cells(row.uncached, row),
      `×${row.gain.toFixed(1)}`,
    ],
  ]);
  return [
    ...headerLines(report).map((line) => `${line}\n`),
    '\n',
    textTable(head, rows),
    '\n',
    ...[...methodLines(report), ...COLUMN_NOTES].map((line) => `${line}\n`),
  ].join('');
}

/** The model and the machine. */
export function headerLines({ model, device, machine, threads, nodeVersion, date }: SeedReport): string[] {
  const { cpu, cores, memoryBytes, platform, load } = machine;
  return [
    `${model.id} (${model.architecture}, ${byteText(model.sizeBytes)}) ${deviceText(device)}`,
    `${cpu}, ${cores} cores, ${byteText(memoryBytes)} of memory, ${platform}, Node ${nodeVersion}`,
    `threads: ${threads.prefill} for prefill, ${threads.decode} for decoding; load before the run: ${load.toFixed(1)}; ${date}`,
  ];
}

/** The method of the measurement. */
export function methodLines({ rows, rounds }: SeedReport): string[] {
  const measuredTokens = rows.find(({ uncached, generatedTokens }) => uncached.tokens < generatedTokens)
    ?.uncached.tokens;
  return [
    `Batch 1, mean of ${rounds} ${rounds === 1 ? 'round' : 'rounds'} after a warm-up. tokens/s includes the time to read the prompt.`,
    measuredTokens === undefined
      ? 'Without the cache, the whole text is evaluated again for each token.'
      : `Without the cache, the whole text is evaluated again for each token: only the first ${measuredTokens} tokens were measured.`,
  ];
}

function cells(stats: BenchStats, { generatedTokens }: SeedStats): string[] {
  const { tokens, latencyMs, firstTokenMs, tokensPerSecond, peakBytes } = stats;
  return [
    `${tokens}${tokens < generatedTokens ? ' first' : ''}`,
    secondsText(latencyMs),
    secondsText(firstTokenMs),
    tokensPerSecond.toFixed(1),
    byteText(peakBytes),
  ];
}

export function secondsText(milliseconds: number): string {
  return milliseconds < 995 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(2)} s`;
}
