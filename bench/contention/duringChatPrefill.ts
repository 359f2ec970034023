import { CancellationTokenSource } from 'vscode-languageserver-protocol/node';
import { askEngine } from '../../test/engine/support/chatClient.js';
import type { EngineProcess } from '../../test/engine/support/engineProcess.js';
import { longText } from '../overhead/longText.js';

const PROMPT_TOKENS = 4000;

/**
 * Runs `work` while a chat is in prefill. If the prefill ends before the work is done, another chat starts.
 */
export async function duringChatPrefill<T>(
  engine: EngineProcess,
  name: string,
  work: () => Promise<T>,
): Promise<T> {
  const source = new CancellationTokenSource();
  const { started, ended } = keepPrefilling(engine, name, source);
  await started;
  try {
    return await work();
  } finally {
    source.cancel();
    await ended;
  }
}

function keepPrefilling(
  engine: EngineProcess,
  name: string,
  source: CancellationTokenSource,
): { started: Promise<void>; ended: Promise<void> } {
  let resolveStarted = (): void => undefined;
  const started = new Promise<void>((resolve) => {
    resolveStarted = resolve;
  });
  const run = async (): Promise<void> => {
    for (let chat = 0; !source.token.isCancellationRequested; chat++) {
      const content = longText(`${name} ${chat}`, PROMPT_TOKENS);
      // Cancelling at the end rejects the request.
      await askEngine(engine, [{ role: 'user', content }], {
        maxTokens: 1,
        token: source.token,
        onProgress: ({ kind }) => {
          if (kind === 'prefill') resolveStarted();
        },
      }).catch((error: unknown) => {
        if (!source.token.isCancellationRequested) throw error;
      });
    }
  };
  return { started, ended: run() };
}
