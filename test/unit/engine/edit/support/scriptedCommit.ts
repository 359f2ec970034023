/** Commit messages by a model with scripted answers, and diffs to write them for. */
import { CommitService } from '../../../../../src/engine/edit/commit/commitService.js';
import { ContextQueue } from '../../../../../src/engine/decoding/contextQueue.js';
import { Decoder } from '../../../../../src/engine/decoding/decoder.js';
import { Scheduler } from '../../../../../src/engine/decoding/scheduler.js';
import type { StatusReporter } from '../../../../../src/engine/status/statusReporter.js';
import type { CommitMessageParams, CommitMessageResult } from '../../../../../src/protocol/commit.js';
import { ScriptedModel } from '../../../support/scriptedModel.js';

export class ScriptedCommit {
  readonly prompts: string[] = [];
  private readonly service: CommitService;

  /** @param answers of the model, one after another; the last one again and again */
  constructor(...answers: readonly string[]) {
    const answer = (prompt: string): string => answers[this.prompts.push(prompt) - 1] ?? answers.at(-1) ?? '';
    // Its tokens are bytes, of which a prompt has more.
    const model = new ScriptedModel({ answer, trainedContextTokens: 32_768 });
    const queue = new ContextQueue(model, 'fix', { contextTokens: 32_768, batchTokens: 512 });
    const status: Pick<StatusReporter, 'during'> = { during: (_, work) => work() };
    const host = { contextQueue: () => Promise.resolve(queue) };
    this.service = new CommitService(host, new Decoder(new Scheduler()), status);
  }

  write(
    diff: string,
    { subjects = [], branch }: Partial<CommitMessageParams> = {},
    signal: AbortSignal = new AbortController().signal,
  ): Promise<CommitMessageResult> {
    return this.service.message({ diff, subjects, ...(branch === undefined ? {} : { branch }) }, signal);
  }
}

/** A file's part of a diff: lines with their signs. */
export function changed(path: string, ...lines: readonly string[]): string {
  const all = lines.flatMap((line) => line.split('\n'));
  const count = (sign: string): number =>
    all.filter((line) => line.startsWith(sign) || line.startsWith(' ')).length;
  return [
    `diff --git a/${path} b/${path}`,
    'index 1111111..2222222 100644',
    `--- a/${path}`,
    `+++ b/${path}`,
    `@@ -1,${count('-')} +1,${count('+')} @@`,
    ...lines,
    '',
  ].join('\n');
}

export const GUARD = changed(
  'src/mean.py',
  ' def mean(values):',
  '+    if not values:',
  '+        return 0',
  '     return sum(values) / len(values)',
);
