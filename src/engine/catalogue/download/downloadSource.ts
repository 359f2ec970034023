import type { DownloadAttempt } from '../../../protocol/errors.js';
import type { DownloadProgress } from '../../../protocol/model.js';
import type { CatalogueModel } from '../catalogue.js';
import type { PartialFile } from './partialFile.js';

/** What is known of a model's file; a hub's headers may add what the catalogue doesn't know. */
export interface FileFacts {
  readonly sizeBytes?: number;
  readonly sha256?: string;
}

/** What a source gets to do its work. */
export interface DownloadJob {
  readonly model: CatalogueModel;
  /** Bytes of the file from its start on, perhaps from an earlier run or another source. */
  readonly partial: PartialFile;
  /** A folder for the source's own temporary files, on the same disk; emptied before and removed after. */
  readonly workFolder: string;
  readonly signal: AbortSignal;
  /**
   * Asked before each write to the partial file: another process may have taken the download over while this one was
   * suspended.
   * @throws EngineError `downloadRunning`
   */
  checkLock(): Promise<void>;
  /**
   * Called before the first byte is written, with what the source says of its file. Empties the partial file when
   * its bytes are of another file.
   * @throws AttemptFailed when it isn't the file that the catalogue names
   */
  learn(facts: FileFacts): Promise<void>;
  /** @param extraBytes received but not yet in the partial file */
  report(phase: DownloadProgress['phase'], extraBytes?: number): void;
}

/** A place where model files can be had. */
export interface DownloadSource {
  /** As in the setting `youtu.model.sources`. */
  readonly name: string;
  /** What it would ask for, to tell people; `undefined` when it doesn't have this model. */
  targetFor(model: CatalogueModel): string | undefined;
  /** Bytes on disk beside the partial file while it works. */
  extraBytesFor(model: CatalogueModel): number;
  /** What the source says of its file, without fetching it; `undefined` when it doesn't say, or can't be asked. */
  factsOf?(model: CatalogueModel, signal: AbortSignal): Promise<FileFacts | undefined>;
  /**
   * Appends what the partial file lacks. Returns when the source has no more to give; the caller checks the file.
   * @throws AttemptFailed, EngineError (disk), or the signal's reason
   */
  fetch(job: DownloadJob): Promise<void>;
}

/** Why a source didn't deliver; the next one is tried. */
export class AttemptFailed extends Error {
  constructor(
    readonly reason: DownloadAttempt['reason'],
    readonly detail: string,
    /** With an answer that refuses: its HTTP status, and the hub's own code for why. */
    readonly refusal?: { readonly status: number; readonly hubCode: string },
  ) {
    super(`${reason}: ${detail}`);
    this.name = 'AttemptFailed';
  }
}
