import type { BenchFigures, SeedFigures, SeedReport } from '../../protocol/benchmark.js';
import { byteText, deviceText, textTable } from '../terminal/format.js';

/** Explains columns that only the text has. */
const COLUMNS = [
  'memory: peak of the process (RSS).',
  'speedup: latency without the cache divided by latency with it, over the same tokens.',
];

/** The report as text: the model and machine, the results, how they were measured. */
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
    ...headLines(report).map((line) => `${line}\n`),
    '\n',
    textTable(head, rows),
    '\n',
    ...[...measureLines(report), ...COLUMNS].map((line) => `${line}\n`),
  ].join('');
}

/** The model and the machine. */
export function headLines({ model, device, machine, threads, nodeVersion, date }: SeedReport): string[] {
  const { cpu, cores, memoryBytes, platform, load } = machine;
  return [
    `${model.id} (${model.architecture}, ${byteText(model.sizeBytes)}) ${deviceText(device)}`,
    `${cpu}, ${cores} cores, ${byteText(memoryBytes)} of memory, ${platform}, Node ${nodeVersion}`,
    `threads: ${threads.prefill} for prefill, ${threads.decode} for decoding; load before the run: ${load.toFixed(1)}; ${date}`,
  ];
}

/** How it was measured. */
export function measureLines({ rows, rounds }: SeedReport): string[] {
  const part = rows.find(({ uncached, generatedTokens }) => uncached.tokens < generatedTokens)?.uncached
    .tokens;
  return [
    `Batch 1, mean of ${rounds} ${rounds === 1 ? 'round' : 'rounds'} after a warm-up. tokens/s includes the time to read the prompt.`,
    part === undefined
      ? 'Without the cache, the whole text is evaluated again for each token.'
      : `Without the cache, the whole text is evaluated again for each token: only the first ${part} tokens were measured.`,
  ];
}

function cells(figures: BenchFigures, { generatedTokens }: SeedFigures): string[] {
  const { tokens, latencyMs, firstTokenMs, tokensPerSecond, peakBytes } = figures;
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
