import { join } from 'node:path';
import type { ModelStore } from '../../../../../src/engine/catalogue/modelFile.js';
import { ModelHost } from '../../../../../src/engine/model/modelHost.js';
import type { ModelLoader } from '../../../../../src/engine/model/model.js';
import { StatusReporter } from '../../../../../src/engine/status/statusReporter.js';
import { EngineError, EngineErrorCode, type EngineErrorData } from '../../../../../src/protocol/errors.js';
import { DEFAULT_SETTINGS, type EngineSettings } from '../../../../../src/protocol/settings.js';
import type { EngineStatus } from '../../../../../src/protocol/status.js';
import { ScriptedModel } from '../../../support/scriptedModel.js';

/** A host with all files installed and scripted models. */
export class Rig {
  settings: EngineSettings = { ...DEFAULT_SETTINGS, chatModel: 'talker', completionModel: 'coder' };
  /** What `auto` chooses from, the best first. */
  installed: readonly string[] = [];
  readonly loads: ScriptedModel[] = [];
  readonly statuses: EngineStatus[] = [];
  /** Awaited in each load. */
  beforeLoad: (id: string) => Promise<void> | void = () => undefined;
  /** Reports the progress of the newest load. */
  report: (progress: number) => void = () => undefined;
  readonly host: ModelHost;

  constructor(folder: () => string = () => '/models') {
    const store: ModelStore = {
      find: (id) => Promise.resolve({ id, path: join(folder(), `${id}.gguf`) }),
      best: async (_role, rejected) => {
        const skipped: EngineErrorData[] = [];
        for (const id of this.installed) {
          const path = join(folder(), `${id}.gguf`);
          const problem = await rejected?.problemOf(path);
          if (problem === undefined) return { id, path, skipped };
          skipped.push(problem);
        }
        if (skipped[0] !== undefined) throw new EngineError(EngineErrorCode.modelUnusable, skipped[0]);
        return undefined;
      },
    };
    const loader: ModelLoader = {
      load: async ({ id }, { onProgress }) => {
        this.report = onProgress;
        await this.beforeLoad(id);
        const model = new ScriptedModel({ id, answer: () => 'yes' });
        this.loads.push(model);
        return model;
      },
    };
    const status = new StatusReporter((each) => this.statuses.push(each));
    this.host = new ModelHost(store, loader, () => this.settings, status);
  }
}

export const failure = (): EngineError =>
  new EngineError(EngineErrorCode.modelUnusable, { kind: 'notGguf', path: '/models/x.gguf' });
