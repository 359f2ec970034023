import { EngineError } from '../../protocol/errors.js';
import { fileState, type InstalledModel } from '../catalogue/modelFile.js';
import type { StatusReporter } from '../status/statusReporter.js';
import { unusableModel } from './loadFailure.js';
import type { LoadOptions, Model, ModelLoader } from './model.js';

/**
 * Loads a model and shows how far it is, or why it can't be.
 * @throws EngineError when the file can't be used
 */
export async function loadAndReport(
  loader: ModelLoader,
  file: InstalledModel,
  status: StatusReporter,
): Promise<Model> {
  let shown = 0;
  let isLoading = true;
  const show = (progress: number): void => {
    // The last reports come from llama.cpp's own thread after the model is there: they'd hide that it is.
    if (!isLoading) return;
    // llama.cpp reports each tensor; a person sees steps of five percent.
    if (progress > 0 && (progress < shown + 0.05 || progress >= 1)) return;
    shown = progress;
    status.set({ kind: 'loading', model: file.id, progress });
  };
  show(0);
  try {
    return await loadUnchanged(loader, file, { onProgress: show });
  } catch (error) {
    if (error instanceof EngineError) status.set({ kind: 'failed', error: error.data });
    throw error;
  } finally {
    isLoading = false;
  }
}

/** A file that is written meanwhile makes a model that answers nonsense, or an error that misleads. */
async function loadUnchanged(
  loader: ModelLoader,
  file: InstalledModel,
  options: LoadOptions,
): Promise<Model> {
  const { path } = file;
  const before = await fileState(path);
  const hasChanged = async (): Promise<boolean> => (await fileState(path)) !== before;
  let model: Model;
  try {
    model = await loader.load(file, options);
  } catch (error) {
    throw (await hasChanged()) ? unusableModel({ kind: 'modelChanged', path }) : error;
  }
  if (!(await hasChanged())) return model;
  await model.dispose();
  throw unusableModel({ kind: 'modelChanged', path });
}
