import { existsSync, readFileSync } from 'node:fs';

/** Of a process, bytes. */
export interface ProcessMemory {
  /** All that lies in the machine's memory; the other two are its parts. */
  readonly resident: number;
  /** Its own: caches, buffers, JavaScript, weights that were arranged anew. The system can't do without it. */
  readonly own: number;
  /** Mapped files, the model's weights most of all: other processes share it, and the system drops it when it must. */
  readonly mapped: number;
  /** The most that was resident since the process began. */
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
