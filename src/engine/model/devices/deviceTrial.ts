import { fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { DeviceRecord, GpuKind } from './deviceRecords.js';
import type { TrialMessage } from './trialMessages.js';

/** A driver may have to translate its programs for the card once. */
const MAX_MS = 60_000;
const MAX_DETAIL = 500;

export interface TrialOptions {
  /** The bundled process. */
  readonly module?: string;
  readonly maxMs?: number;
}

export type TrialResult = Pick<DeviceRecord, 'verdict' | 'name' | 'detail'>;

/** A prompt of so many tokens and an answer, as a completion has them. */
const PROMPT_TOKENS = 512;
const ANSWER_TOKENS = 32;

/**
 * Tries a GPU in a process of its own, which may crash or hang: loads llama.cpp's build for it, asks for its devices
 * and evaluates a model that is written for this.
 * @returns `undefined` where there is nothing to try it with
 */
export function tryDevice(
  device: GpuKind,
  threads: number,
  {
    module = fileURLToPath(new URL('./deviceTrial.mjs', import.meta.url)),
    maxMs = MAX_MS,
  }: TrialOptions = {},
): Promise<TrialResult | undefined> {
  if (!existsSync(module)) return Promise.resolve(undefined);
  const child = fork(module, [device, String(threads)], {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    execArgv: [],
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
  });
  const messages: TrialMessage[] = [];
  let said = '';
  let isLate = false;
  child.on('message', (message: TrialMessage) => messages.push(message));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-MAX_DETAIL);
  });
  const timer = setTimeout(() => {
    isLate = true;
    child.kill('SIGKILL');
  }, maxMs);
  const endWithThis = (): void => void child.kill('SIGKILL');
  process.once('exit', endWithThis);
  return new Promise((resolve) => {
    const finish = (how: string): void => {
      clearTimeout(timer);
      process.off('exit', endWithThis);
      resolve(judge(messages, isLate ? 'late' : 'ended', [how, said.trim()].filter(Boolean).join('; ')));
    };
    child.once('error', (error) => finish(error.message));
    child.once('close', (code, signal) => finish(signal ?? `exit code ${code ?? 'unknown'}`));
  });
}

/** @param how how the process ended, with what it said last */
function judge(messages: readonly TrialMessage[], end: 'late' | 'ended', how: string): TrialResult {
  const found = messages.find((message) => message.kind === 'found');
  const name = found?.names.join(', ') || undefined;
  const failure = messages.find((message) => message.kind === 'failed');
  if (failure !== undefined) return { verdict: 'failed', name, detail: failure.detail };
  if (found?.names.length === 0) return { verdict: 'noDevice', detail: '' };
  if (found?.isSoftware === true) return { verdict: 'software', name, detail: '' };
  const speeds = messages.filter((message) => message.kind === 'speed');
  const gpu = speeds.find(({ on }) => on === 'gpu');
  // Nothing was evaluated.
  if (gpu === undefined) return { verdict: end === 'late' ? 'hung' : 'crashed', name, detail: how };
  const cpu = speeds.find(({ on }) => on === 'cpu');
  if (cpu === undefined || seconds(gpu) <= seconds(cpu)) return { verdict: 'good', name, detail: '' };
  const detail = `${seconds(gpu).toFixed(2)} s, CPU ${seconds(cpu).toFixed(2)} s`;
  return { verdict: 'slower', name, detail };
}

function seconds({ prefill, decode }: { readonly prefill: number; readonly decode: number }): number {
  return PROMPT_TOKENS / prefill + ANSWER_TOKENS / decode;
}
