import { checkModelFile } from '../../engine/catalogue/modelFile.js';
import { checkGguf } from '../../engine/model/gguf/ggufCheck.js';
import { EngineError, type EngineErrorData } from '../../protocol/errors.js';
import type { CommandContext } from '../commandContext.js';

/** A file of the models folder, and what its check says. */
export interface ModelCheck {
  readonly id: string;
  readonly path: string;
  readonly sizeBytes: number;
  /** Absent when the file is sound. */
  readonly problem?: EngineErrorData;
}

/** Checks all that is in the folder: the catalogue's by their SHA-256, others by their header. */
export async function modelChecks({
  installed,
  catalogue,
  folder,
}: Pick<CommandContext, 'installed' | 'catalogue' | 'folder'>): Promise<readonly ModelCheck[]> {
  const checks: ModelCheck[] = [];
  for (const { id, path, sizeBytes } of await installed.list()) {
    if (path !== undefined) {
      checks.push({ id, path, sizeBytes, ...(await headerProblem(path)) });
      continue;
    }
    const model = catalogue.models.find((candidate) => candidate.id === id);
    const problem = model && (await checkModelFile(folder, model));
    if (problem !== undefined && problem !== 'missing' && 'path' in problem)
      checks.push({ id, path: problem.path, sizeBytes, problem });
  }
  return checks;
}

async function headerProblem(path: string): Promise<{ problem?: EngineErrorData }> {
  try {
    await checkGguf(path);
    return {};
  } catch (error) {
    if (error instanceof EngineError) return { problem: error.data };
    throw error;
  }
}
