import { l10n } from 'vscode';
import type { SeedStats, SeedReport } from '../../protocol/benchmark.js';
import { bytes } from '../models/modelFileText.js';
import { deviceText } from '../status/describeState.js';

/** A measurement as Markdown whose source reads as a table, too. */
export function benchmarkText(report: SeedReport): string {
  const { model, device, machine, threads, date, version, rounds } = report;
  const measured = Math.min(...report.rows.map(({ uncached }) => uncached.tokens));
  return [
    `# ${l10n.t('Speed of {0} on this machine', model.id)}`,
    '',
    `- ${l10n.t('Model: {0} ({1}, {2}), {3}', model.id, model.architecture, bytes(model.sizeBytes), `${deviceText(device)}, ${device.build}`)}`,
    `- ${l10n.t('Machine: {0}, {1} cores, {2} of memory, {3}', machine.cpu, machine.cores, bytes(machine.memoryBytes), machine.platform)}`,
    `- ${l10n.t('Threads: {0} for prefill, {1} for decoding; load before the run: {2}', threads.prefill, threads.decode, machine.load.toFixed(1))}`,
    `- ${l10n.t('Measured: {0} UTC, Youtu Code {1}, rounds: {2}', date.replace('T', ' '), version, rounds)}`,
    '',
    ...table(report.rows),
    '',
    l10n.t(
      'Tokens: prompt → answer, one answer at a time. “Tokens/s” includes the time to read the prompt. Without the KV cache, the whole text is evaluated again for each token; only the first {0} tokens were measured, and the speedup compares the same tokens. Memory is the peak of the engine’s process.',
      measured,
    ),
    '',
  ].join('\n');
}

function table(rows: readonly SeedStats[]): string[] {
  const head = [
    l10n.t('Tokens'),
    l10n.t('Latency'),
    l10n.t('First token'),
    l10n.t('Tokens/s'),
    l10n.t('No cache'),
    l10n.t('Speedup'),
    l10n.t('Memory'),
  ];
  const cells = rows.map(({ promptTokens, generatedTokens, cached, uncached, gain }) => [
    `${promptTokens} → ${generatedTokens}`,
    `${(cached.latencyMs / 1000).toFixed(2)} s`,
    `${(cached.firstTokenMs / 1000).toFixed(2)} s`,
    cached.tokensPerSecond.toFixed(1),
    uncached.tokensPerSecond.toFixed(1),
    `×${gain.toFixed(1)}`,
    bytes(cached.peakBytes),
  ]);
  const widths = head.map((name, column) =>
    Math.max(...[name, ...cells.map((row) => row[column] ?? '')].map(width)),
  );
  const line = (row: readonly string[]): string =>
    `| ${row.map((cell, column) => ' '.repeat((widths[column] ?? 0) - width(cell)) + cell).join(' | ')} |`;
  return [
    line(head),
    `| ${widths.map((count) => `${'-'.repeat(count - 1)}:`).join(' | ')} |`,
    ...cells.map(line),
  ];
}

/** Columns that an editor gives a text: a Chinese character takes two. */
function width(text: string): number {
  return [...text].reduce(
    (sum, character) => sum + (/[\u2e80-\u9fff\uff00-\uff60]/.test(character) ? 2 : 1),
    0,
  );
}
