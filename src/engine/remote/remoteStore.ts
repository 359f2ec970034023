import { EngineError, type ModelRole } from '../../protocol/errors.js';
import type { EngineSettings } from '../../protocol/settings.js';
import type { BestModel, InstalledModel, ModelStore, Rejected } from '../catalogue/modelFile.js';
import type { LoadOptions, Model, ModelLoader } from '../model/model.js';
import { isRemotePath, REMOTE, type RemoteServer } from './remoteServer.js';

/** Models on this machine, and the server's, where a role's setting says `remote`. */
export class RemoteStore implements ModelStore {
  constructor(
    private readonly local: ModelStore,
    private readonly server: RemoteServer,
    private readonly settings: () => Pick<EngineSettings, 'chatModel' | 'completionModel'>,
  ) {}

  find(name: string): Promise<InstalledModel> {
    return this.local.find(name);
  }

  /** While the server can't be used the best local model answers, and the server's failure is said as the reason. */
  async best(
    role: ModelRole,
    rejected?: Rejected,
    order?: readonly string[],
  ): Promise<BestModel | undefined> {
    const { chatModel, completionModel } = this.settings();
    if ((role === 'chat' ? chatModel : completionModel) !== REMOTE)
      return this.local.best(role, rejected, order);
    const found = await this.server.model();
    if (!('problem' in found)) return { ...found, skipped: [] };
    const local = await this.localBest(role, rejected, order);
    if (local === undefined) throw found.problem;
    return { id: local.id, path: local.path, skipped: [found.problem.data, ...local.skipped] };
  }

  private async localBest(
    role: ModelRole,
    rejected?: Rejected,
    order?: readonly string[],
  ): Promise<BestModel | undefined> {
    try {
      return await this.local.best(role, rejected, order);
    } catch (error) {
      // What is wrong with files that only stand in is of less interest than why the server isn't used.
      if (error instanceof EngineError) return undefined;
      throw error;
    }
  }
}

/** Opens the server's model, or loads a file. */
export class RemoteLoader implements ModelLoader {
  constructor(
    private readonly local: ModelLoader,
    private readonly server: RemoteServer,
  ) {}

  load(file: InstalledModel, options: LoadOptions): Promise<Model> {
    return isRemotePath(file.path) ? this.server.open(file.path) : this.local.load(file, options);
  }
}
