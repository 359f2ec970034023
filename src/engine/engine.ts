import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { EngineSettings } from '../protocol/settings.js';
import type { EngineReport, EngineStatus } from '../protocol/status.js';
import type { ModelStore } from './catalogue/modelFile.js';
import { CATALOGUE, type Catalogue } from './catalogue/catalogue.js';
import { ChatService } from './chat/chatService.js';
import { CompletionService } from './completion/completionService.js';
import type { OnDidExtend } from './completion/completionTypes.js';
import { NO_CONTEXT_PROVIDER, type ContextProvider } from './completion/prompt/contextProvider.js';
import { CompletionModel } from './completion/generation/completionModel.js';
import { CurrentSettings } from './currentSettings.js';
import { VocabularyIndexes } from './decoding/tokenHealing.js';
import { Decoder } from './decoding/decoder.js';
import { HangDetector } from './decoding/hangDetector.js';
import { Scheduler } from './decoding/scheduler.js';
import { CommitService } from './edit/commit/commitService.js';
import { EditService } from './edit/editService.js';
import type { FixChecks } from './edit/fix/fixTask.js';
import { NameService } from './edit/rename/nameService.js';
import { FittedStore } from './fit/fittedStore.js';
import { MachineSpeed } from './fit/machineSpeed.js';
import { SpeedRecords } from './fit/speedRecords.js';
import { DeviceChoice } from './model/devices/deviceChoice.js';
import { IdleTime } from './model/idleTime.js';
import { IdleUnload } from './model/idleUnload.js';
import { LlamaLoader } from './model/llamaLoader.js';
import { ModelHost } from './model/modelHost.js';
import { processorClock } from './model/threads/processorClock.js';
import { ThreadCalibration } from './model/threads/threadCalibration.js';
import { ThreadRecords } from './model/threads/threadRecords.js';
import { RemoteServer } from './remote/remoteServer.js';
import { RemoteLoader, RemoteStore } from './remote/remoteStore.js';
import { makeReport } from './status/report.js';
import type { GenerationServiceDeps } from './serving/generationService.js';
import { StatusReporter } from './status/statusReporter.js';

export interface EngineOptions {
  readonly store: ModelStore;
  readonly onStatus: (status: EngineStatus) => void;
  readonly log: (level: string, message: string) => void;
  /** Shared with parts made before the engine; the defaults if left out. */
  readonly settings?: CurrentSettings;
  /** What completions know of other documents; nothing if left out. */
  readonly contextProvider?: ContextProvider;
  /** Called when a partial completion has become longer. */
  readonly onDidExtend?: OnDidExtend;
  readonly fixChecks?: FixChecks;
  /** The models that `auto` knows; the project's own if left out. */
  readonly catalogue?: Catalogue;
  /** As {@link HangDetector} has it. */
  readonly hangMs?: number;
}

/** The engine without any interface: the language server, the command line and the HTTP server each provide one. */
export class Engine {
  private readonly currentSettings: CurrentSettings;
  readonly status: StatusReporter;
  /** How fast models run here. */
  readonly speed: MachineSpeed;
  /** The models on this machine, as they suit it. */
  readonly models: FittedStore;
  /** Where the model `remote` is. */
  readonly remote: RemoteServer;
  readonly host: ModelHost;
  private readonly scheduler = new Scheduler();
  private readonly vocabularies = new VocabularyIndexes();
  readonly decoder = new Decoder(this.scheduler);
  readonly completion: CompletionService;
  readonly chat: ChatService;
  readonly edit: EditService;
  readonly commit: CommitService;
  readonly names: NameService;
  private readonly loader: LlamaLoader;
  readonly hangs: HangDetector;

  constructor({ store, onStatus, log, contextProvider, onDidExtend, fixChecks, ...given }: EngineOptions) {
    const catalogue = given.catalogue ?? CATALOGUE;
    this.hangs = new HangDetector(this.scheduler, given.hangMs);
    this.currentSettings = given.settings ?? new CurrentSettings();
    const settings = (): EngineSettings => this.settings;
    this.status = new StatusReporter((status) => {
      onStatus(status);
      // The end of a piece of work.
      if (status.kind === 'ready') void this.speed.note(this.host, this.decoder);
    });
    const { currentSettings } = this;
    const folder = (): string => currentSettings.modelsFolder;
    const choice = new DeviceChoice({ folder, log });
    this.loader = new LlamaLoader(settings, log, this.threadCalibration(log), choice);
    const besideModels = (name: string) => (): string => join(currentSettings.modelsFolder, name);
    this.speed = new MachineSpeed({
      records: new SpeedRecords(besideModels('speeds.json')),
      // Without calibration: the probe's model is gone before it would begin.
      loader: new LlamaLoader(settings, log, undefined, choice),
      gpu: () => this.settings.gpu,
      log,
    });
    this.models = new FittedStore({
      store,
      catalogue,
      speed: this.speed,
      choicesFile: besideModels('choices.json'),
    });
    this.remote = new RemoteServer({ settings, log });
    const all = new RemoteStore(this.models, this.remote, settings);
    this.host = new ModelHost(all, new RemoteLoader(this.loader, this.remote), settings, this.status);
    const { host, decoder, status, scheduler, vocabularies } = this;
    new IdleUnload({
      host,
      isWorking: () => status.isBusy || scheduler.quantumMs > 0 || scheduler.queueLength > 0,
      minutes: () => this.settings.unloadAfter,
      log,
    });
    const completionModel = new CompletionModel({
      vocabularies,
      host,
      decoder,
      contextProvider: contextProvider ?? NO_CONTEXT_PROVIDER,
      latencyGoal: () => this.settings.completionLatencyGoal,
    });
    this.completion = new CompletionService(completionModel, status, {
      ...(onDidExtend === undefined ? {} : { onDidExtend }),
      log: (line) => log('debug', line),
    });
    this.edit = new EditService(host, decoder, status, fixChecks);
    this.commit = new CommitService(host, decoder, status);
    this.names = new NameService(host, decoder, status);
    this.chat = new ChatService({ host, decoder, status, settings });
  }

  get settings(): EngineSettings {
    return this.currentSettings.value;
  }

  /** What an HTTP server needs of the engine. */
  get generationDeps(): GenerationServiceDeps {
    const { host, scheduler, decoder, status, vocabularies } = this;
    return { host, scheduler, decoder, status, vocabularies };
  }

  /** Of the model that was loaded last. */
  get threads(): EngineReport['threads'] {
    const { counts, isMeasured } = this.loader.threads;
    return { ...counts, isMeasured };
  }

  private threadCalibration(log: EngineOptions['log']): ThreadCalibration {
    const { scheduler, currentSettings } = this;
    const [clock, cores] = [processorClock, availableParallelism()];
    const records = new ThreadRecords(() => join(currentSettings.modelsFolder, 'threads.json'));
    const idle = new IdleTime(scheduler, clock, cores);
    return new ThreadCalibration({ scheduler, idle, clock, cores }, records, log);
  }

  /** Takes new settings over; models are loaded again where these need it. */
  async configure(changed: Partial<EngineSettings>): Promise<void> {
    const before = this.currentSettings.update(changed);
    const reload: (keyof EngineSettings)[] = [
      'chatModel',
      'completionModel',
      'remoteUrl',
      'remoteModel',
      'contextSize',
      'modelsFolder',
      'gpu',
      // A context keeps the number of threads that it was opened with.
      'threads',
    ];
    if (!reload.some((key) => before[key] !== this.settings[key])) return;
    this.models.refresh();
    this.completion.modelChanged();
    await this.host.unload();
  }

  /** A model was added or removed on disk: another one may be chosen, and an error about it may no longer be true. */
  modelsChanged(): void {
    this.models.refresh();
    this.completion.modelChanged();
    const { kind } = this.status.current;
    if (kind === 'noModel' || kind === 'failed') this.status.set({ kind: 'idle' });
  }

  report(): EngineReport {
    const { modelsFolder } = this.currentSettings;
    return makeReport(this.status.current, this.threads, this.decoder, modelsFolder);
  }
}
