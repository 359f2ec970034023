/** Seconds. */
const BUCKETS = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120];

interface Histogram {
  readonly counts: number[];
  sum: number;
  count: number;
}

export interface TextStats {
  readonly promptTokens: number;
  readonly cachedTokens: number;
  readonly completionTokens: number;
  /** Milliseconds. */
  readonly firstTokenMs: number;
  readonly totalMs: number;
}

/** What the server has done since it began, for `GET /metrics` in Prometheus' text format. */
export class Metrics {
  private readonly requests = new Map<string, number>();
  private prompt = 0;
  private cached = 0;
  private completion = 0;
  private readonly latency = histogram();
  private readonly firstToken = histogram();

  request(route: string, status: number): void {
    const key = `route="${route}",status="${status}"`;
    this.requests.set(key, (this.requests.get(key) ?? 0) + 1);
  }

  text({ promptTokens, cachedTokens, completionTokens, firstTokenMs, totalMs }: TextStats): void {
    this.prompt += promptTokens;
    this.cached += cachedTokens;
    this.completion += completionTokens;
    observe(this.latency, totalMs / 1000);
    if (completionTokens > 0) observe(this.firstToken, firstTokenMs / 1000);
  }

  /** @param now gauges of this moment */
  write(now: { readonly running: number; readonly waiting: number; readonly sessions: number }): string {
    return [
      ...metric('requests_total', 'counter', 'Requests, by route and status.', [...this.requests]),
      ...metric('requests_running', 'gauge', 'Answers that are being generated.', [['', now.running]]),
      ...metric('requests_waiting', 'gauge', 'Requests that are waiting for a slot.', [['', now.waiting]]),
      ...metric('sessions', 'gauge', 'Sessions in memory.', [['', now.sessions]]),
      ...metric('prompt_tokens_total', 'counter', 'Prompt tokens.', [['', this.prompt]]),
      ...metric('cached_tokens_total', 'counter', 'Prompt tokens found in a KV cache.', [['', this.cached]]),
      ...metric('completion_tokens_total', 'counter', 'Generated tokens.', [['', this.completion]]),
      ...histogramLines(
        'first_token_seconds',
        'Time from getting a slot to the first token.',
        this.firstToken,
      ),
      ...histogramLines('text_seconds', 'Time from getting a slot to the end of the answer.', this.latency),
      '',
    ].join('\n');
  }
}

function histogram(): Histogram {
  return { counts: BUCKETS.map(() => 0), sum: 0, count: 0 };
}

function observe(into: Histogram, value: number): void {
  BUCKETS.forEach((bound, index) => {
    if (value <= bound) into.counts[index] = (into.counts[index] ?? 0) + 1;
  });
  into.sum += value;
  into.count++;
}

function metric(
  name: string,
  type: 'counter' | 'gauge',
  help: string,
  values: readonly (readonly [string, number])[],
): readonly string[] {
  const lines = values.map(
    ([labels, value]) => `youtu_${name}${labels === '' ? '' : `{${labels}}`} ${value}`,
  );
  return [`# HELP youtu_${name} ${help}`, `# TYPE youtu_${name} ${type}`, ...lines];
}

function histogramLines(name: string, help: string, { counts, sum, count }: Histogram): readonly string[] {
  const full = `youtu_${name}`;
  return [
    `# HELP ${full} ${help}`,
    `# TYPE ${full} histogram`,
    ...counts.map((each, index) => `${full}_bucket{le="${BUCKETS[index]}"} ${each}`),
    `${full}_bucket{le="+Inf"} ${count}`,
    `${full}_sum ${sum}`,
    `${full}_count ${count}`,
  ];
}
