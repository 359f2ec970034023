import type { EngineErrorData } from '../../protocol/errors.js';

/**
 * Why llama.cpp didn't load a file. It tells only its log, so the reason is read from there; what a look at the
 * file itself can tell was checked before.
 */
export function explainLoadFailure(
  path: string,
  lines: readonly string[],
  error: unknown,
): Promise<EngineErrorData> {
  const log = lines.join('\n');
  const architecture = /unknown model architecture: '([^']*)'/.exec(log)?.[1];
  if (architecture !== undefined) return Promise.resolve({ kind: 'unknownArchitecture', path, architecture });
  const detail = error instanceof Error ? error.message : String(error);
  return Promise.resolve({ kind: 'loadFailed', path, detail });
}
