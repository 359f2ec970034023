import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeGguf } from '../model/gguf/ggufWriter.js';
import { GREEDY, type Model, type ModelContext, type ModelLoader } from '../model/model.js';
import type { DeviceInfo } from '../../protocol/status.js';
import { PROBE } from './expectedSpeed.js';
import { PROBE_BYTES, probeModel } from './probeModel.js';

const PREFILL_TOKENS = 128;
const CONTEXT = { contextTokens: 512, batchTokens: PREFILL_TOKENS } as const;
/** Neither kind of work is measured for longer. */
const MAX_MS = 700;
const MAX_DECODED = 48;

export interface ProbedSpeed {
  readonly prefill: number;
  readonly decode: number;
  readonly sizeBytes: number;
  readonly device: DeviceInfo;
}

/**
 * Measures this machine with a model of arbitrary numbers, for some two seconds.
 * @param now milliseconds of a monotonic clock
 * @throws EngineError when llama.cpp can't load it; the system's error when it can't be written
 */
export async function probeSpeed(
  loader: ModelLoader,
  now: () => number = () => performance.now(),
): Promise<ProbedSpeed> {
  const folder = await mkdtemp(join(tmpdir(), 'youtu-probe-'));
  try {
    const path = join(folder, 'probe.gguf');
    await writeGguf(path, probeModel());
    const model = await loader.load({ id: PROBE, path }, { onProgress: () => undefined });
    try {
      return { ...(await measure(model, now)), sizeBytes: PROBE_BYTES, device: model.device };
    } finally {
      await model.dispose();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function measure(
  model: Model,
  now: () => number,
): Promise<{ readonly prefill: number; readonly decode: number }> {
  const context = await model.openContext(CONTEXT);
  try {
    const tokens = Array.from({ length: PREFILL_TOKENS }, (_, index) => 1 + (index % 200));
    // The first evaluation reads the weights into caches, and prepares a GPU's programs.
    await context.prefill(tokens.slice(0, 32));
    return {
      prefill: await prefillSpeed(context, tokens, now),
      decode: await decodeSpeed(context, tokens, now),
    };
  } finally {
    await context.dispose();
  }
}

async function prefillSpeed(
  context: ModelContext,
  tokens: readonly number[],
  now: () => number,
): Promise<number> {
  const started = now();
  let count = 0;
  do {
    await context.rewind([]);
    await context.prefill(tokens);
    count += tokens.length;
  } while (now() - started < MAX_MS / 2);
  return (count * 1000) / (now() - started);
}

async function decodeSpeed(
  context: ModelContext,
  tokens: readonly number[],
  now: () => number,
): Promise<number> {
  await context.rewind([]);
  let wanted = 0;
  // The tokens are given: what the numbers would choose could be the end.
  const next = context.decode(tokens.slice(0, 8), GREEDY, {
    tokenConstraint: () => [tokens[wanted++ % tokens.length] ?? 1],
  });
  try {
    await next.next();
    const started = now();
    let count = 0;
    while (count < MAX_DECODED && now() - started < MAX_MS) {
      await next.next();
      count++;
    }
    return (count * 1000) / (now() - started);
  } finally {
    await next.return();
  }
}
