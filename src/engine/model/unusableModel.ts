import { EngineError, EngineErrorCode, type EngineErrorData } from '../../protocol/errors.js';
import { systemCode } from '../systemCode.js';

/** A model's file that can't be used. */
export function unusableModel(data: EngineErrorData): EngineError {
  return new EngineError(EngineErrorCode.modelUnusable, data);
}

/** What to throw when reading a model's file has failed. Errors that aren't the system's are passed on as they are. */
export function unreadableModel(path: string, error: unknown): Error {
  const code = systemCode(error);
  if (code === undefined) return error instanceof Error ? error : new Error(String(error));
  const isMissing = code === 'ENOENT' || code === 'ENOTDIR';
  return unusableModel(isMissing ? { kind: 'modelMissing', path } : { kind: 'modelUnreadable', path, code });
}
