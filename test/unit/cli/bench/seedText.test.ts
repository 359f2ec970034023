import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  findRepository,
  REPOSITORY_BENCHES,
  runRepositoryBench,
} from '../../../../src/cli/bench/repositoryBench.js';
import { seedChart } from '../../../../src/cli/bench/seedChart.js';
import { seedText } from '../../../../src/cli/bench/seedText.js';
import type { SeedReport } from '../../../../src/protocol/benchmark.js';
import { temporaryFolder } from '../../engine/catalogue/support/temporaryFolder.js';
import { root } from '../../support/manifest.js';

const stats = (tokens: number, latencyMs: number) => ({
  rounds: 3,
  tokens,
  latencyMs,
  firstTokenMs: latencyMs / 10,
  tokensPerSecond: (tokens * 1000) / latencyMs,
  decodeTokensPerSecond: 1,
  peakBytes: 1.2e9,
});

const REPORT: SeedReport = {
  benchmark: 'seed',
  date: '2026-01-02T03:04',
  version: '1.2.3',
  nodeVersion: 'v20',
  machine: {
    platform: 'linux-x64',
    release: '6',
    cpu: 'A <fast> processor & more',
    cores: 2,
    memoryBytes: 8e9,
    availableMemoryBytes: 4e9,
    load: 0.25,
  },
  model: { id: 'sample', path: '/sample.gguf', architecture: 'deepseek2', sizeBytes: 1.1e9 },
  device: { kind: 'cpu', offloadedLayers: 0, totalLayers: 2, build: 'linux-x64' },
  threads: { prefill: 2, decode: 1, isMeasured: true },
  batch: 1,
  rounds: 3,
  rows: [
    {
      promptTokens: 32,
      generatedTokens: 128,
      cached: stats(128, 4000),
      uncached: stats(16, 6400),
      gain: 12.84,
    },
    {
      promptTokens: 64,
      generatedTokens: 20,
      cached: stats(20, 500),
      uncached: stats(20, 5000),
      gain: 10,
    },
  ],
};

describe('the benchmark report as text', () => {
  const text = seedText(REPORT);

  it('has a line for each row, with the cache and without it', () => {
    assert.match(text, /^ +32 +128 +on +128 +4\.00 s +400 ms +32\.0 +1\.2 GB +–$/m);
    assert.match(text, /^ +32 +128 +off +16 first +6\.40 s +640 ms +2\.5 +1\.2 GB +×12\.8$/m);
    assert.match(text, /^ +64 +20 +off +20 +5\.00 s /m);
  });

  it('names model, machine, threads and load', () => {
    for (const part of [
      'sample (deepseek2, 1.1 GB) on the CPU',
      'A <fast> processor & more, 2 cores',
      'threads: 2 for prefill, 1 for decoding; load before the run: 0.3',
    ])
      assert.ok(text.includes(part), part);
  });

  it('says that only some tokens were measured, only where that is so', () => {
    assert.match(text, /only the first 16 tokens were measured/);
    const whole = seedText({ ...REPORT, rows: REPORT.rows.slice(1) });
    assert.doesNotMatch(whole, /were measured/);
  });
});

describe('the benchmark report as SVG', () => {
  const svg = seedChart(REPORT);

  it('has a labelled bar for each measurement, proportional to its speed', () => {
    const widths = [...svg.matchAll(/<rect class="(on|off)"[^>]* width="([\d.]+)" height="18"/g)].map(
      (found) => Number(found[2]),
    );
    assert.equal(widths.length, 4);
    const [on, off, fast] = widths;
    assert.ok(on !== undefined && off !== undefined && fast !== undefined);
    assert.ok(Math.abs(on / fast - 32 / 40) < 0.01, `${on} ${fast}`);
    assert.ok(Math.abs(off / on - 2.5 / 32) < 0.01);
    assert.match(svg, />2\.5 \(first 16 tokens in 6\.40 s\)</);
    assert.match(svg, />32 → 128 tokens</);
  });

  it('has light and dark colours, a title, and is well-formed', () => {
    assert.match(svg, /prefers-color-scheme: dark/);
    assert.match(svg, /<title>Tokens per second/);
    assert.match(svg, /A &lt;fast&gt; processor &amp; more/);
    const open: string[] = [];
    for (const [, isEnd, name, isEmpty] of svg.matchAll(/<(\/?)(\w+)[^>]*?(\/?)>/g)) {
      if (isEnd === '/') assert.equal(open.pop(), name);
      else if (isEmpty === '') open.push(name ?? '');
    }
    assert.deepEqual(open, []);
  });

  it('keeps its texts within the view box', () => {
    const [, width, height] = /viewBox="0 0 (\d+) (\d+)"/.exec(svg) ?? [];
    for (const [, x, y] of svg.matchAll(/<text [^>]*x="([\d.]+)" y="([\d.]+)"/g))
      assert.ok(Number(x) < Number(width) && Number(y) < Number(height));
  });
});

describe('benchmarks of the repository', () => {
  it('are the files of bench/', () => {
    const files = readdirSync(join(root, 'bench')).flatMap(
      (file) => /^(.+)\.(?:ts|mjs)$/.exec(file)?.[1] ?? [],
    );
    assert.deepEqual([...REPOSITORY_BENCHES], files.sort());
  });

  it('are found from anywhere in a clone, and only there', () => {
    assert.equal(findRepository(join(root, 'dist/cli')), root);
    assert.equal(findRepository('/'), undefined);
  });

  it('report that they need a clone', async () => {
    await assert.rejects(
      runRepositoryBench('typing', [], undefined, new AbortController().signal),
      /needs files from the repository.*youtu bench seed/,
    );
  });

  describe('benchmarks that fail', () => {
    const folder = temporaryFolder();
    it('keep their exit status', async () => {
      mkdirSync(join(folder(), 'scripts'));
      writeFileSync(join(folder(), 'scripts/bench.mjs'), 'process.exit(Number(process.argv[3]))');
      const run = (status: string): Promise<void> =>
        runRepositoryBench('typing', [status], folder(), new AbortController().signal);
      await run('0');
      await assert.rejects(run('3'), { status: 3 });
    });
  });
});
