import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { EngineError, EngineErrorCode, type EngineUnusableReason } from '../../../protocol/errors.js';
import { packagePlaces, THIS_MACHINE, type GpuMachine } from './gpuMachine.js';

/** What is known of the machine besides its files. */
export interface StartMachine extends Pick<GpuMachine, 'platform' | 'arch'> {
  /** The C library's version; `undefined` where it isn't glibc. */
  readonly glibc: string | undefined;
  /** Folders in which packages lie. */
  readonly places: readonly string[];
  /** Loads a native module. */
  readonly load: (path: string) => void;
}

const PLATFORMS: Readonly<Record<string, string>> = { win32: 'win', darwin: 'mac' };

/**
 * Why llama.cpp's build for the CPU doesn't load. The library says only that it found none: it prints the system's
 * reason, so the module is loaded once more to get it.
 */
export function unusableEngine(error: unknown, machine: StartMachine = thisMachine()): EngineError {
  const { platform, arch, places } = machine;
  const name = `${PLATFORMS[platform] ?? platform}-${arch === 'arm' ? 'armv7l' : arch}`;
  const variant = platform === 'darwin' && arch === 'arm64' ? `${name}-metal` : name;
  const file = ['bins', variant, 'llama-addon.node'];
  const path = places
    .map((place) => join(place, 'node_modules', '@node-llama-cpp', variant, ...file))
    .find((candidate) => existsSync(candidate));
  const said = error instanceof Error ? error.message : String(error);
  const detail = path === undefined ? said : (loadError(path, machine.load) ?? said);
  const reason = reasonOf(detail, path === undefined, machine);
  return new EngineError(EngineErrorCode.engineUnusable, { kind: 'engineUnusable', reason, detail });
}

function loadError(path: string, load: StartMachine['load']): string | undefined {
  try {
    load(path);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** What the systems' loaders say. */
const SAID: readonly (readonly [EngineUnusableReason, RegExp])[] = [
  // Before the others: a library that can't be opened for that reason isn't missing.
  ['openFiles', /too many open files|EMFILE|ENFILE/i],
  ['glibc', /(?:GLIBC|GLIBCXX|CXXABI)_[\d.]+['’]? not found/],
  ['musl', /ld-musl|relocating .*symbol not found/],
  ['noexec', /failed to map segment from shared object/],
  [
    'architecture',
    /wrong ELF class|invalid ELF header|exec format error|incompatible architecture|not a valid Win32 application/i,
  ],
  [
    'blocked',
    /code signature|library load disallowed|system policy|application control|group policy|access is denied|permission denied|operation not permitted/i,
  ],
  ['runtime', /specified (?:module|procedure) could not be found/i],
  ['library', /cannot open shared object file|library not loaded|image not found/i],
];

function reasonOf(
  detail: string,
  isMissing: boolean,
  { platform, glibc }: StartMachine,
): EngineUnusableReason {
  // Alpine's own compatibility layer lacks functions, so what it says differs.
  if (platform === 'linux' && glibc === undefined) return 'musl';
  const found = SAID.find(([, pattern]) => pattern.test(detail))?.[0];
  return found ?? (isMissing ? 'missing' : 'other');
}

function thisMachine(): StartMachine {
  return {
    ...THIS_MACHINE,
    glibc: glibcVersion(process.report.getReport()),
    places: packagePlaces(),
    load: (path) => process.dlopen({ exports: {} }, path),
  };
}

/** @param report Node's, whose type is not told */
export function glibcVersion(report: object): string | undefined {
  const { header } = report as { header?: { glibcVersionRuntime?: unknown } };
  const version = header?.glibcVersionRuntime;
  return typeof version === 'string' ? version : undefined;
}
