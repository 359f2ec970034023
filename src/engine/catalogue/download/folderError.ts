import { EngineError, EngineErrorCode } from '../../../protocol/errors.js';
import { systemCode } from '../../systemCode.js';

const FULL = new Set(['ENOSPC', 'EDQUOT']);

/** What to throw when a file of the models folder can't be written. Other errors are passed on as they are. */
export function folderError(
  folder: string,
  error: unknown,
  space: { readonly neededBytes: number; readonly freeBytes: number } = { neededBytes: 0, freeBytes: 0 },
): Error {
  const code = systemCode(error);
  if (code === undefined) return error instanceof Error ? error : new Error(String(error));
  return new EngineError(
    EngineErrorCode.downloadFailed,
    FULL.has(code) ? { kind: 'noDiskSpace', folder, ...space } : { kind: 'folderNotWritable', folder, code },
  );
}
