import { existsSync, readFileSync } from 'node:fs';

/** Memory of a process in bytes. */
export interface ProcessMemory {
  /** Resident memory; `own` and `mapped` are its parts. */
  readonly resident: number;
  /** Anonymous memory: caches, buffers, JavaScript, repacked weights. The system can't drop it. */
  readonly own: number;
  /** Mapped files, mainly the model's weights: shared with other processes; the system drops them when memory is low. */
  readonly mapped: number;
  /** Maximum of `resident` since the process started. */
  readonly peak: number;
}

/** Zeros where there is no /proc. */
export function processMemory(pid: number): ProcessMemory {
  const file = `/proc/${pid}/status`;
  const status = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const bytes = (name: string): number =>
    Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1] ?? 0) * 1024;
  return {
    resident: bytes('VmRSS'),
    own: bytes('RssAnon'),
    mapped: bytes('RssFile'),
    peak: bytes('VmHWM'),
  };
}
