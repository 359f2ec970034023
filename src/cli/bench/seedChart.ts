import type { BenchStats, SeedStats, SeedReport } from '../../protocol/benchmark.js';
import { headerLines, methodLines, secondsText } from './seedText.js';

const WIDTH = 820;
const MARGIN = 28;
const LABEL_WIDTH = 150;
/** Width of the value to the right of a bar. */
const VALUE_WIDTH = 240;
const BAR_HEIGHT = 18;
const GROUP_HEIGHT = 62;
const LINE_HEIGHT = 19;

/** Readable on light and dark pages. */
const STYLE = `
  .paper { fill: #ffffff; }
  .title { fill: #10243e; font-size: 18px; font-weight: 600; }
  .name { fill: #1f2933; font-size: 14px; }
  .figure { fill: #1f2933; font-size: 13px; }
  .note { fill: #52606d; font-size: 12.5px; }
  .axis { stroke: #8a96a5; }
  .on { fill: #2a9d8f; }
  .off { fill: #b3541e; }
  @media (prefers-color-scheme: dark) {
    .paper { fill: #0d1117; }
    .title { fill: #e6edf3; }
    .name, .figure { fill: #d5dde5; }
    .note { fill: #9aa7b4; }
    .axis { stroke: #6e7783; }
    .on { fill: #4fd1c5; }
    .off { fill: #f0955a; }
  }`;

/** A bar chart of tokens per second with and without the KV cache, one group of bars for each row. */
export function seedChart(report: SeedReport): string {
  const head = headerLines(report);
  const foot = methodLines(report);
  const top = MARGIN + 26 + head.length * LINE_HEIGHT + 46;
  const bottom = top + report.rows.length * GROUP_HEIGHT;
  const height = bottom + foot.length * LINE_HEIGHT + MARGIN;
  const fastest = Math.max(
    ...report.rows.flatMap(({ cached, uncached }) => [cached.tokensPerSecond, uncached.tokensPerSecond]),
  );
  const scale = (WIDTH - MARGIN * 2 - LABEL_WIDTH - VALUE_WIDTH) / (fastest || 1);
  const title = 'Tokens per second, with the KV cache and without it';
  return `${element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      viewBox: `0 0 ${WIDTH} ${height}`,
      width: WIDTH,
      height,
      role: 'img',
      'font-family': "system-ui, -apple-system, 'Segoe UI', 'Noto Sans', sans-serif",
    },
    element('title', {}, escapeXml(title)),
    element('desc', {}, escapeXml([...head, ...report.rows.map(describeRow), ...foot].join(' '))),
    element('style', {}, STYLE),
    element('rect', { class: 'paper', width: WIDTH, height }),
    text('title', MARGIN, MARGIN + 14, title),
    ...head.map((line, index) => text('note', MARGIN, MARGIN + 38 + index * LINE_HEIGHT, line)),
    ...legend(top - 24),
    ...report.rows.flatMap((row, index) => group(row, top + index * GROUP_HEIGHT, scale)),
    element('line', {
      class: 'axis',
      x1: MARGIN + LABEL_WIDTH,
      x2: MARGIN + LABEL_WIDTH,
      y1: top - 4,
      y2: bottom - 12,
    }),
    ...foot.map((line, index) => text('note', MARGIN, bottom + 12 + index * LINE_HEIGHT, line)),
  )}\n`;
}

function legend(y: number): SvgElement[] {
  const entry = (kind: 'on' | 'off', x: number, content: string): SvgElement[] => [
    element('rect', { class: kind, x, y: y - 10, width: 12, height: 12, rx: 2 }),
    text('figure', x + 18, y, content),
  ];
  return [
    ...entry('on', MARGIN + LABEL_WIDTH, 'with the KV cache'),
    ...entry('off', MARGIN + LABEL_WIDTH + 160, 'without'),
  ];
}

function group(row: SeedStats, y: number, scale: number): SvgElement[] {
  return [
    text('name', MARGIN, y + BAR_HEIGHT + 6, `${row.promptTokens} → ${row.generatedTokens} tokens`),
    ...bar('on', row.cached, row, y, scale),
    ...bar('off', row.uncached, row, y + BAR_HEIGHT + 4, scale),
  ];
}

function bar(kind: 'on' | 'off', stats: BenchStats, row: SeedStats, y: number, scale: number): SvgElement[] {
  const x = MARGIN + LABEL_WIDTH;
  const width = Math.max(1, stats.tokensPerSecond * scale);
  return [
    element('rect', { class: kind, x, y, width, height: BAR_HEIGHT, rx: 2 }),
    text('figure', x + width + 8, y + BAR_HEIGHT - 5, valueText(stats, row)),
  ];
}

function valueText({ tokens, tokensPerSecond, latencyMs }: BenchStats, row: SeedStats): string {
  const part = tokens < row.generatedTokens ? `first ${tokens} tokens in ` : '';
  return `${tokensPerSecond.toFixed(1)} (${part}${secondsText(latencyMs)})`;
}

function describeRow(row: SeedStats): string {
  const { promptTokens, generatedTokens, cached, uncached } = row;
  return `${promptTokens} to ${generatedTokens} tokens: ${cached.tokensPerSecond.toFixed(1)} tokens per second with the cache, ${uncached.tokensPerSecond.toFixed(1)} without.`;
}

function text(kind: string, x: number, y: number, content: string): SvgElement {
  return element('text', { class: kind, x, y }, escapeXml(content));
}

/** One element of the SVG, as text. */
type SvgElement = string;

/** @param attributes undefined values are omitted */
function element(
  name: string,
  attributes: Readonly<Record<string, string | number | undefined>>,
  ...children: readonly SvgElement[]
): SvgElement {
  const attributeText = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(
      ([key, value]) =>
        ` ${key}="${escapeXml(typeof value === 'number' ? roundedText(value) : (value ?? ''))}"`,
    )
    .join('');
  return children.length === 0
    ? `<${name}${attributeText}/>`
    : `<${name}${attributeText}>${children.join('')}</${name}>`;
}

/** Escapes text and attribute values. */
function escapeXml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

function roundedText(value: number): string {
  return String(Math.round(value * 10) / 10);
}
