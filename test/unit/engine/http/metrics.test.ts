import assert from 'node:assert/strict';
import { Metrics } from '../../../../src/engine/http/metrics.js';

describe('metrics', () => {
  it('count requests and tokens, in Prometheus’ text format', () => {
    const metrics = new Metrics();
    for (const status of [200, 200, 400]) metrics.request('/chat', status);
    metrics.text({
      promptTokens: 50,
      cachedTokens: 20,
      completionTokens: 7,
      firstTokenMs: 300,
      totalMs: 2000,
    });
    const text = metrics.write({ running: 1, waiting: 2, sessions: 3 });
    for (const line of [
      'youtu_requests_total{route="/chat",status="200"} 2',
      'youtu_requests_total{route="/chat",status="400"} 1',
      'youtu_requests_running 1',
      'youtu_requests_waiting 2',
      'youtu_sessions 3',
      'youtu_prompt_tokens_total 50',
      'youtu_cached_tokens_total 20',
      'youtu_completion_tokens_total 7',
      'youtu_first_token_seconds_bucket{le="0.25"} 0',
      'youtu_first_token_seconds_bucket{le="0.5"} 1',
      'youtu_text_seconds_bucket{le="+Inf"} 1',
      'youtu_text_seconds_sum 2',
    ])
      assert.ok(text.split('\n').includes(line), `${line} in\n${text}`);
    assert.ok(text.endsWith('\n'));
  });
});
