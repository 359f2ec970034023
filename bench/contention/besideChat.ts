import { CancellationTokenSource } from 'vscode-languageserver-protocol/node';
import { askEngine } from '../../test/engine/support/chatClient.js';
import type { EngineProcess } from '../../test/engine/support/engineProcess.js';
import { longText } from '../overhead/longText.js';

/** Of the chat's prompt. */
const TOKENS = 4000;

/**
 * Does something while a chat reads its prompt. Should the prompt be read before the work is done, another chat goes
 * on in its place.
 */
export async function besideChat<T>(engine: EngineProcess, name: string, work: () => Promise<T>): Promise<T> {
  const source = new CancellationTokenSource();
  const { reading, ended } = keepReading(engine, name, source);
  await reading;
  try {
    return await work();
  } finally {
    source.cancel();
    await ended;
  }
}

function keepReading(
  engine: EngineProcess,
  name: string,
  source: CancellationTokenSource,
): { reading: Promise<void>; ended: Promise<void> } {
  let begun = (): void => undefined;
  const reading = new Promise<void>((resolve) => {
    begun = resolve;
  });
  const run = async (): Promise<void> => {
    for (let chat = 0; !source.token.isCancellationRequested; chat++) {
      const content = longText(`${name} ${chat}`, TOKENS);
      // Cancelled in the end, which is an error to the request.
      await askEngine(engine, [{ role: 'user', content }], {
        maxTokens: 1,
        token: source.token,
        onProgress: ({ kind }) => {
          if (kind === 'prefill') begun();
        },
      }).catch((error: unknown) => {
        if (!source.token.isCancellationRequested) throw error;
      });
    }
  };
  return { reading, ended: run() };
}
