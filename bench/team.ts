// Asks a server, or the router in front of several, as a team's editors do, and measures the first token.
//   node scripts/bench.mjs team URL [--callers N] [--requests N] [--model NAME]
// Each caller has a key and a text of its own, and sends one request after the other, so the load is bounded.
import { parseArgs } from 'node:util';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    callers: { type: 'string', default: '4' },
    requests: { type: 'string', default: '4' },
    model: { type: 'string', default: '' },
  },
});
const [given] = positionals;
if (given === undefined)
  throw new Error('Say which server: node scripts/bench.mjs team http://127.0.0.1:8000');
// As in the setting: with or without /v1.
const url = given.replace(/\/+$/, '').replace(/\/v1$/, '');
const callers = Number(values.callers);
const requests = Number(values.requests);

const firstMs: number[] = [];
const failures = new Map<string, number>();
const started = performance.now();
await Promise.all(Array.from({ length: callers }, (_, caller) => typeAs(caller, url)));
const seconds = (performance.now() - started) / 1000;
firstMs.sort((a, b) => a - b);
const quantile = (share: number): number =>
  Math.round(firstMs[Math.min(firstMs.length - 1, Math.floor(firstMs.length * share))] ?? 0);

console.log(`${url}: ${callers} callers, ${requests} requests each, ${seconds.toFixed(1)} s`);
console.log(
  `${(firstMs.length / seconds).toFixed(2)} requests/s; first token ${quantile(0.5)} ms (p50), ${quantile(0.95)} ms (p95)`,
);
for (const [reason, count] of failures) console.log(`${count} failed: ${reason}`);

async function typeAs(caller: number, base: string): Promise<void> {
  const before = `# developer ${caller}\n${'def f(a, b):\n    return a + b\n\n'.repeat(12)}`;
  for (let index = 0; index < requests; index++) {
    const sent = performance.now();
    try {
      const response = await fetch(`${base}/v1/completions`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer developer-${caller}` },
        body: JSON.stringify({
          model: values.model,
          prompt: `${before}def g${index}(`,
          max_tokens: 8,
          temperature: 0,
          stream: true,
        }),
      });
      if (response.status !== 200) throw new Error(`HTTP ${response.status}`);
      let first: number | undefined;
      for await (const chunk of response.body ?? [])
        first ??= chunk === undefined ? undefined : performance.now() - sent;
      if (first === undefined) throw new Error('an empty answer');
      firstMs.push(first);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      failures.set(reason, (failures.get(reason) ?? 0) + 1);
    }
  }
}
