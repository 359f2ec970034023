import { join } from 'node:path';
import type { DeviceProblem } from '../../../protocol/status.js';
import { DeviceRecords, type DeviceRecord, type GpuKind } from './deviceRecords.js';
import { tryDevice, type TrialResult } from './deviceTrial.js';
import { driverKey } from './gpuMachine.js';
import { UseMarker } from './useMarker.js';

/** Set by a user who has restarted the engine by hand: GPUs that have failed get another chance. */
const RETRY_VARIABLE = 'YOUTU_RETRY_DEVICES';

export interface DeviceVerdict {
  readonly isUsable: boolean;
  readonly name?: string | undefined;
  readonly problem?: Omit<DeviceProblem, 'used'>;
}

interface DeviceChoiceDeps {
  /** Where results are kept. */
  readonly folder: () => string;
  readonly log: (level: 'info' | 'warn', message: string) => void;
  /** As {@link tryDevice}. */
  readonly trial?: (device: GpuKind, threads: number) => Promise<TrialResult | undefined>;
  /** As {@link driverKey}. */
  readonly key?: (library: string) => Promise<string>;
  readonly retries?: boolean;
}

/**
 * Which GPUs the engine may load into its own process: those that have passed a trial in another one, and haven't ended
 * an engine since. What was found out holds until a driver, a device or llama.cpp changes.
 */
export class DeviceChoice {
  private readonly records: DeviceRecords;
  private readonly marker: () => UseMarker;
  private isPrepared = false;

  constructor(private readonly deps: DeviceChoiceDeps) {
    this.records = recordsIn(deps.folder);
    this.marker = () => new UseMarker(deps.folder());
  }

  /**
   * @param wanted whether the user has named the device: then it is used even if it is slow
   * @param library version of node-llama-cpp
   */
  async verdict(
    device: GpuKind,
    { wanted, threads, library }: { wanted: boolean; threads: number; library: string },
  ): Promise<DeviceVerdict> {
    await this.prepare();
    const key = await this.keyOf(library);
    const record = (await this.records.find(device, key)) ?? (await this.tryNow(device, key, threads));
    // Where there is no process to try it in, this one does.
    if (record === undefined || record.verdict === 'good') return { isUsable: true, name: record?.name };
    const { verdict: reason, name, detail } = record;
    const isUsable = wanted && (reason === 'slower' || reason === 'software');
    return { isUsable, name, problem: { device, reason, detail, ...(name === undefined ? {} : { name }) } };
  }

  /** Takes a GPU into use. If the process ends meanwhile, the next one knows why. */
  async using<T>(device: GpuKind, name: string, library: string, work: () => Promise<T>): Promise<T> {
    const key = await this.keyOf(library);
    return this.marker().during({ device, key, name }, work);
  }

  /** The device has failed here, though it passed its trial. */
  async failed(device: GpuKind, name: string, library: string, detail: string): Promise<void> {
    await this.records.set({ device, key: await this.keyOf(library), verdict: 'failed', name, detail });
  }

  private async prepare(): Promise<void> {
    if (this.isPrepared) return;
    this.isPrepared = true;
    if (this.deps.retries ?? process.env[RETRY_VARIABLE] === '1') await forgetDevices(this.deps.folder());
    for (const { device, key, name } of await this.marker().takeLeft()) {
      const detail = 'the engine ended while it took the device into use';
      this.deps.log('warn', `${device}: ${detail}`);
      await this.records.set({ device, key, verdict: 'crashed', name, detail });
    }
  }

  private async tryNow(device: GpuKind, key: string, threads: number): Promise<DeviceRecord | undefined> {
    this.deps.log('info', `${device}: trying it in a process of its own`);
    const result = await (this.deps.trial ?? tryDevice)(device, threads);
    if (result === undefined) return undefined;
    const { verdict, name, detail } = result;
    this.deps.log('info', `${device}: ${[verdict, name, detail].filter(Boolean).join(', ')}`);
    const record = { device, key, ...result };
    await this.records.set(record);
    return record;
  }

  private keyOf(library: string): Promise<string> {
    return (this.deps.key ?? driverKey)(library);
  }
}

/** GPUs that have failed get another chance at the next use. */
export async function forgetDevices(folder: string): Promise<void> {
  await new UseMarker(folder).takeLeft();
  await recordsIn(() => folder).clear();
}

function recordsIn(folder: () => string): DeviceRecords {
  return new DeviceRecords(() => join(folder(), 'devices.json'));
}
