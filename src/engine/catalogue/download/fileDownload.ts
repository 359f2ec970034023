import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { EngineError, EngineErrorCode } from '../../../protocol/errors.js';
import type { DownloadProgress } from '../../../protocol/model.js';
import type { CatalogueModel } from '../catalogue.js';
import { sha256Of } from '../verifiedFile.js';
import { modelPaths } from '../modelFile.js';
import { AttemptFailed, type DownloadSource, type FileFacts } from './downloadSource.js';
import { folderError, noDiskSpace } from '../modelsFolder.js';
import type { DownloadLock } from './downloadLock.js';
import { PartialFile } from './partialFile.js';
import { TransferRate } from './transferRate.js';

export interface FileDownloadOptions {
  readonly folder: string;
  readonly model: CatalogueModel;
  readonly signal: AbortSignal;
  readonly freeBytes: (folder: string) => Promise<number>;
  readonly onProgress: (progress: DownloadProgress) => void;
  readonly lock: DownloadLock;
  /** All that may be asked. */
  readonly sources: readonly DownloadSource[];
}

/** The download of one file, over as many sources as it takes. */
export class FileDownload {
  private shownBytes = 0;
  private readonly rate = new TransferRate();
  private phase: DownloadProgress['phase'] = 'connecting';
  private isClosed = false;

  private constructor(
    private readonly options: FileDownloadOptions,
    private readonly partial: PartialFile,
    /** The file's, as far as it is known. */
    private known: FileFacts,
  ) {}

  static async open(options: FileDownloadOptions): Promise<FileDownload> {
    const { folder, model, lock } = options;
    const { partial: path, partialFacts } = modelPaths(folder, model);
    const partial = await PartialFile.open(path, lock.mayHaveRival);
    const { sha256, sizeBytes } = model;
    if (sha256 !== undefined) return new FileDownload(options, partial, { sha256, sizeBytes });
    const earlier = await readFacts(partialFacts);
    if (earlier === undefined) await partial.truncate(0);
    return new FileDownload(options, partial, earlier ?? {});
  }

  /** SHA-256 that the file has, once a source has delivered. */
  get sha256(): string {
    return this.known.sha256 ?? '';
  }

  /**
   * Fetches what is missing and checks the whole.
   * @throws AttemptFailed, EngineError (disk), or the signal's reason
   */
  async from(source: DownloadSource): Promise<void> {
    try {
      const hadBytes = this.partial.size > 0;
      if (await this.delivers(source)) return;
      // The wrong bytes may have been there before: then this source gets its chance from the start.
      if (hadBytes && (await this.delivers(source))) return;
    } catch (error) {
      if (!(error instanceof EngineError) || error.data.kind !== 'noDiskSpace') throw error;
      throw await this.fullDisk(source);
    }
    throw new AttemptFailed('wrongHash', `the received file's SHA-256 is not ${this.sha256}`);
  }

  /** Keeps what was received; an empty partial file is removed. */
  async close(): Promise<void> {
    if (this.isClosed) return;
    this.isClosed = true;
    await this.partial.close();
    if (this.partial.size > 0 || !(await this.options.lock.isHeld())) return;
    const { partial, partialFacts } = modelPaths(this.options.folder, this.options.model);
    await rm(partial, { force: true });
    await rm(partialFacts, { force: true });
  }

  /** @returns whether the file is complete and right; a wrong one is gone */
  private async delivers(source: DownloadSource): Promise<boolean> {
    const { model, folder, signal, lock } = this.options;
    await this.checkSpace(source);
    this.shownBytes = 0;
    await source.fetch({
      model,
      partial: this.partial,
      // A process that was taken for dead may still use the folder of its own.
      workFolder: join(modelPaths(folder, model).workFolder, lock.token),
      checkLock: () => this.checkLock(),
      signal,
      learn: (facts) => this.learn(facts, source),
      report: (phase, extraBytes) => this.report(source, phase, extraBytes),
    });
    await this.checkLength();
    this.report(source, 'verifying', 0);
    await this.partial.sync();
    await this.checkLock();
    const hashed = (bytes: number): void => this.report(source, 'verifying', bytes);
    if ((await sha256Of(this.partial.path, signal, hashed)) === this.known.sha256) return true;
    await this.checkLock();
    await this.partial.truncate(0);
    return false;
  }

  /** @throws EngineError `downloadRunning` when another process has taken this download over meanwhile */
  async checkLock(): Promise<void> {
    const { lock, model } = this.options;
    if (!(await lock.isHeld()))
      throw new EngineError(EngineErrorCode.downloadFailed, { kind: 'downloadRunning', id: model.id });
  }

  private async checkLength(): Promise<void> {
    const { sizeBytes = 0 } = this.known;
    const { size } = this.partial;
    if (size === sizeBytes) return;
    const detail = `${size} of ${sizeBytes} bytes`;
    if (size < sizeBytes) throw new AttemptFailed('interrupted', detail);
    await this.partial.truncate(0);
    throw new AttemptFailed('wrongSize', detail);
  }

  private async learn({ sizeBytes, sha256 }: FileFacts, source: DownloadSource): Promise<void> {
    const { folder, model } = this.options;
    if (model.sizeBytes > 0 && sizeBytes !== undefined && sizeBytes !== model.sizeBytes)
      throw new AttemptFailed('wrongSize', `${sizeBytes} bytes instead of ${model.sizeBytes}`);
    if (model.sha256 !== undefined) {
      if (sha256 !== undefined && sha256 !== model.sha256)
        throw new AttemptFailed('wrongHash', `the source has a different SHA-256: ${sha256}`);
      return;
    }
    if (sha256 === undefined || sizeBytes === undefined)
      throw new AttemptFailed('wrongHash', 'the source has no SHA-256, so the file can’t be verified');
    await this.compare(sha256, source);
    if (sha256 !== this.known.sha256) await this.partial.truncate(0);
    this.known = { sha256, sizeBytes };
    await writeFile(modelPaths(folder, model).partialFacts, JSON.stringify(this.known)).catch(
      (error: unknown) => {
        throw folderError(folder, error);
      },
    );
    await this.checkSpace(source);
  }

  /**
   * Asks the next source that answers whether it has the same file: one that gives both the bytes and their hash could
   * give any. Where no other one answers the file stays unverified, which the user was told before the download.
   */
  private async compare(sha256: string, source: DownloadSource): Promise<void> {
    const { model, signal, sources } = this.options;
    for (const other of sources) {
      if (other.name === source.name) continue;
      const facts = await other.factsOf?.(model, signal);
      if (facts?.sha256 === undefined) continue;
      if (facts.sha256 === sha256) return;
      throw new AttemptFailed('wrongHash', `${other.name} has a file with another SHA-256, ${facts.sha256}`);
    }
  }

  private async checkSpace(source: DownloadSource): Promise<void> {
    if (this.missingBytes === 0) return;
    const full = await this.fullDisk(source);
    if (full.data.kind === 'noDiskSpace' && full.data.freeBytes < full.data.neededBytes) throw full;
  }

  private async fullDisk(source: DownloadSource): Promise<EngineError> {
    const { folder, model, freeBytes } = this.options;
    return noDiskSpace(folder, this.missingBytes + source.extraBytesFor(model), await freeBytes(folder));
  }

  private get missingBytes(): number {
    return Math.max(0, (this.known.sizeBytes ?? 0) - this.partial.size);
  }

  /** @param bytes that are hashed already, or received but not yet in the partial file */
  private report({ name }: DownloadSource, phase: DownloadProgress['phase'], bytes = 0): void {
    const totalBytes = this.known.sizeBytes ?? 0;
    if (phase === 'verifying' && this.phase !== phase) this.shownBytes = 0;
    const done = phase === 'verifying' ? bytes : this.partial.size + bytes;
    // A wheel is a little smaller or larger than what comes out of it: never show a step back.
    this.shownBytes = Math.max(this.shownBytes, Math.min(done, totalBytes));
    // Hashing has a rate of its own; wheels are received and unpacked in turns.
    if ((phase === 'verifying') !== (this.phase === 'verifying')) this.rate.clear();
    this.phase = phase;
    this.rate.add(this.shownBytes);
    const { bytesPerSecond } = this.rate;
    const speed = bytesPerSecond === undefined ? {} : { bytesPerSecond };
    this.options.onProgress({ doneBytes: this.shownBytes, totalBytes, source: name, phase, ...speed });
  }
}

async function readFacts(path: string): Promise<FileFacts | undefined> {
  try {
    const facts = JSON.parse(await readFile(path, 'utf8')) as FileFacts;
    const isSound = typeof facts.sha256 === 'string' && typeof facts.sizeBytes === 'number';
    return isSound ? facts : undefined;
  } catch {
    return undefined;
  }
}
