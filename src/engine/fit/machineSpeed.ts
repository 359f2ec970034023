import { availableParallelism, cpus } from 'node:os';
import { basename } from 'node:path';
import type { ExpectedSpeed } from '../../protocol/modelFit.js';
import type { Decoder } from '../decoding/decoder.js';
import { machineMemory } from '../model/machineMemory.js';
import type { ModelHost } from '../model/modelHost.js';
import type { ModelLoader } from '../model/model.js';
import { expectedSpeed, PROBE } from './expectedSpeed.js';
import type { FreeMemory } from './modelFit.js';
import { probeSpeed } from './speedProbe.js';
import type { SpeedRecord, SpeedRecords } from './speedRecords.js';

/** A slower measurement may only mean that other programs had the cores: it counts by this share. */
const SLOWER_WEIGHT = 0.2;
/** Work on a model is looked at so often at most. */
const NOTE_EVERY_MS = 30_000;

interface MachineSpeedDeps {
  readonly records: SpeedRecords;
  readonly loader: ModelLoader;
  /** The setting: with another one the device may be another. */
  readonly gpu: () => string;
  readonly log: (level: string, message: string) => void;
  readonly now?: () => number;
}

/** How fast models run on this machine: as measured in real work, or by a probe before there was any. */
export class MachineSpeed {
  private probing: Promise<void> | undefined;
  private notedAt = -Infinity;

  constructor(private readonly deps: MachineSpeedDeps) {}

  async records(): Promise<readonly SpeedRecord[]> {
    const machine = this.machine;
    return (await this.deps.records.all()).filter((record) => record.machine === machine);
  }

  /** @param sizeBytes of a model's file */
  async expected(sizeBytes: number): Promise<ExpectedSpeed | undefined> {
    return expectedSpeed(await this.records(), sizeBytes);
  }

  /** Measures, unless something is known. Never rejects: without a figure none is shown. */
  async probe(): Promise<void> {
    if ((await this.records()).length > 0) return;
    this.probing ??= this.probeNow().finally(() => (this.probing = undefined));
    await this.probing;
  }

  /** Takes over what the work so far has shown of each loaded model, now and then. Never rejects. */
  async note(host: Pick<ModelHost, 'openContexts'>, decoder: Decoder): Promise<void> {
    const now = (this.deps.now ?? (() => performance.now()))();
    if (now - this.notedAt < NOTE_EVERY_MS) return;
    this.notedAt = now;
    for (const { model, context } of await host.openContexts()) {
      const [prefill, decode] = [decoder.prefillSpeedOf(context), decoder.decodeSpeedOf(context)];
      if (prefill === undefined || decode === undefined || model.path === '') continue;
      if (model.device.kind === 'remote') continue;
      const { videoMemoryBytes } = model.device;
      await this.add({
        machine: this.machine,
        file: basename(model.path),
        sizeBytes: model.sizeBytes,
        prefill,
        decode,
        ...(videoMemoryBytes === undefined ? {} : { videoMemoryBytes }),
      });
    }
  }

  /** What a model could have: what this process has counts as free, since a new model takes the place of the old. */
  async freeMemory(): Promise<FreeMemory> {
    const { totalBytes, availableBytes } = await machineMemory();
    const ramBytes = Math.min(totalBytes, availableBytes + process.memoryUsage.rss());
    const video = (await this.records()).find(({ videoMemoryBytes }) => videoMemoryBytes !== undefined);
    return {
      ramBytes,
      ...(video?.videoMemoryBytes === undefined ? {} : { videoBytes: video.videoMemoryBytes }),
    };
  }

  private async probeNow(): Promise<void> {
    const { loader, log } = this.deps;
    try {
      const { prefill, decode, sizeBytes, device } = await probeSpeed(loader);
      const { videoMemoryBytes } = device;
      log('info', `speed probe: prefill ${prefill.toFixed(0)}, decoding ${decode.toFixed(1)} tokens/s`);
      const record = { machine: this.machine, file: PROBE, sizeBytes, prefill, decode };
      await this.add({ ...record, ...(videoMemoryBytes === undefined ? {} : { videoMemoryBytes }) });
    } catch (error) {
      log('warn', `the machine's speed couldn't be measured: ${String(error)}`);
    }
  }

  private async add(record: SpeedRecord): Promise<void> {
    const known = (await this.records()).find(
      ({ file, sizeBytes }) => file === record.file && sizeBytes === record.sizeBytes,
    );
    const blend = (before: number | undefined, now: number): number =>
      before === undefined || now >= before ? now : before + SLOWER_WEIGHT * (now - before);
    await this.deps.records.add({
      ...record,
      prefill: blend(known?.prefill, record.prefill),
      decode: blend(known?.decode, record.decode),
    });
  }

  private get machine(): string {
    const processor = cpus()[0]?.model.trim() ?? '';
    return `${processor}, ${availableParallelism()} cores, GPU ${this.deps.gpu()}`;
  }
}
