import { EngineError, EngineErrorCode } from '../../../protocol/errors.js';
import { systemCode } from '../../systemCode.js';

const FULL = new Set(['ENOSPC', 'EDQUOT']);

/**
 * What to throw when a file of the models folder can't be written. Errors other than the system's are passed on as
 * they are. For a full disk the figures are left at 0: who knows what is needed fills them in.
 */
export function folderError(folder: string, error: unknown): Error {
  const code = systemCode(error);
  if (code === undefined) return error instanceof Error ? error : new Error(String(error));
  if (FULL.has(code)) return noDiskSpace(folder, 0, 0);
  return new EngineError(EngineErrorCode.downloadFailed, { kind: 'folderNotWritable', folder, code });
}

export function noDiskSpace(folder: string, neededBytes: number, freeBytes: number): EngineError {
  return new EngineError(EngineErrorCode.downloadFailed, {
    kind: 'noDiskSpace',
    folder,
    neededBytes,
    freeBytes,
  });
}
