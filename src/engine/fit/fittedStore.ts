import * as z from 'zod/mini';
import type { ModelRole } from '../../protocol/errors.js';
import type { ModelEntry } from '../../protocol/model.js';
import type { ModelFit } from '../../protocol/modelFit.js';
import type { Catalogue } from '../catalogue/catalogue.js';
import type { BestModel, InstalledModel, ModelStore, Rejected } from '../catalogue/modelFile.js';
import { readRemembered, writeRemembered } from '../rememberedFile.js';
import { orderFor } from './choice.js';
import type { MachineSpeed } from './machineSpeed.js';
import { modelFit } from './modelFit.js';

const choicesFile = z.partial(z.object({ completion: z.string(), chat: z.string() }));
const ROLES: readonly ModelRole[] = ['completion', 'chat'];

interface FittedStoreDeps {
  readonly store: ModelStore;
  readonly catalogue: Catalogue;
  readonly speed: Pick<MachineSpeed, 'expected' | 'freeMemory' | 'probe'>;
  /** File in which the last choice of `auto` is remembered. */
  readonly choicesFile: () => string;
}

/**
 * The models on this machine, as they suit it: what `auto` takes follows from memory and measured speed. The order is
 * kept while the process runs, so that a model never changes between two keys.
 */
export class FittedStore implements ModelStore {
  private readonly orders = new Map<ModelRole, Promise<readonly string[]>>();
  /** Roles for which several models are installed; asked with each completion, so it is remembered. */
  private readonly choices = new Map<ModelRole, Promise<boolean>>();
  /** What was taken last in this process. */
  private readonly taken = new Map<ModelRole, string>();

  constructor(private readonly deps: FittedStoreDeps) {}

  find(name: string): Promise<InstalledModel> {
    return this.deps.store.find(name);
  }

  async best(role: ModelRole, rejected?: Rejected): Promise<BestModel | undefined> {
    const best = await this.bestInstalled(role, rejected);
    if (best === undefined) return undefined;
    const before = await this.remember(role, best.id);
    return before === undefined || before === best.id ? best : { ...best, before };
  }

  /** The machine is measured only where its speed decides: with one model there is nothing to choose. */
  private async bestInstalled(role: ModelRole, rejected?: Rejected): Promise<BestModel | undefined> {
    const { store } = this.deps;
    let isChoice = this.choices.get(role);
    if (isChoice === undefined) {
      isChoice = this.hasChoice(role);
      this.choices.set(role, isChoice);
    }
    return store.best(role, rejected, (await isChoice) ? await this.order(role) : undefined);
  }

  private async hasChoice(role: ModelRole): Promise<boolean> {
    const { store, catalogue } = this.deps;
    const found = catalogue.preference[role].map((id) =>
      store.find(id).then(
        () => true,
        () => false,
      ),
    );
    return (await Promise.all(found)).filter(Boolean).length > 1;
  }

  /** Models have come or gone, or settings have changed: the order is made again. */
  refresh(): void {
    this.orders.clear();
    this.choices.clear();
  }

  /** The entries with how they would run here, and which are the best choice. */
  async fit(entries: readonly ModelEntry[]): Promise<readonly ModelEntry[]> {
    const fitted = await Promise.all(entries.map(async (entry) => ({ entry, fit: await this.fitOf(entry) })));
    const bestIds = new Map(ROLES.map((role) => [role, this.bestOf(role, fitted)]));
    return fitted.map(({ entry, fit }) => {
      const recommendedFor = ROLES.filter((role) => bestIds.get(role) === entry.id);
      return {
        ...entry,
        ...(fit === undefined ? {} : { fit }),
        ...(recommendedFor.length === 0 ? {} : { recommendedFor }),
      };
    });
  }

  /** Of those that can be had without accepting a licence. */
  private bestOf(
    role: ModelRole,
    fitted: readonly { readonly entry: ModelEntry; readonly fit: ModelFit | undefined }[],
  ): string | undefined {
    const candidates = this.deps.catalogue.preference[role].flatMap((id) =>
      fitted
        .filter(({ entry, fit }) => entry.id === id && !entry.licence.mustAccept && fit !== undefined)
        .map(({ entry, fit }) => ({ id, isStarter: entry.isStarter, fit })),
    );
    return orderFor(role, candidates)[0]?.id;
  }

  private order(role: ModelRole): Promise<readonly string[]> {
    let order = this.orders.get(role);
    if (order === undefined) {
      order = this.makeOrder(role);
      this.orders.set(role, order);
    }
    return order;
  }

  private async makeOrder(role: ModelRole): Promise<readonly string[]> {
    const { catalogue, speed } = this.deps;
    const { models, preference } = catalogue;
    await speed.probe();
    const candidates = preference[role].flatMap((id) => models.filter((model) => model.id === id));
    const fitted = candidates.map(async (model) => ({ ...model, fit: await this.fitOf(model) }));
    return orderFor(role, await Promise.all(fitted)).map(({ id }) => id);
  }

  private async fitOf({
    sizeBytes,
    memoryBytes,
  }: Pick<ModelEntry, 'sizeBytes' | 'memoryBytes'>): Promise<ModelFit | undefined> {
    const { speed } = this.deps;
    return modelFit(
      { sizeBytes, memoryBytes, speed: await speed.expected(sizeBytes) },
      await speed.freeMemory(),
    );
  }

  /** @returns what `auto` took the last time, perhaps in another process */
  private async remember(role: ModelRole, id: string): Promise<string | undefined> {
    if (this.taken.get(role) === id) return id;
    this.taken.set(role, id);
    const path = this.deps.choicesFile();
    const choices = (await readRemembered(path, choicesFile)) ?? {};
    const before = choices[role];
    if (before === id) return before;
    await writeRemembered(path, { ...choices, [role]: id });
    return before;
  }
}
