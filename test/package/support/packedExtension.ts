import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { openPromise } from 'yauzl';

export const ROOT = process.env['YOUTU_ROOT'] ?? process.cwd();

export interface PackedFile {
  /** Inside the extension's folder; `/` between folders. */
  readonly path: string;
  readonly bytes: number;
}

/** Builds the VSIX for this platform unless it is up to date. @returns its path */
export async function makeVsix(): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, ['scripts/package.mjs'], { cwd: ROOT });
  const file = stdout.trim().split('\n').at(-1);
  if (file?.endsWith('.vsix') !== true) throw new Error(`no VSIX was made:\n${stdout}`);
  return file;
}

/** The extension's files in a VSIX, without those of the format itself. */
export class PackedExtension {
  private constructor(
    readonly files: readonly PackedFile[],
    private readonly texts: ReadonlyMap<string, string>,
  ) {}

  /** @param read files whose text is needed */
  static async open(vsix: string, read: RegExp): Promise<PackedExtension> {
    const files: PackedFile[] = [];
    const texts = new Map<string, string>();
    const zip = await openPromise(vsix, { autoClose: false });
    try {
      for await (const entry of zip.eachEntry()) {
        const path = entry.fileName.replace(/^extension\//, '');
        if (path !== entry.fileName) files.push({ path, bytes: entry.uncompressedSize });
        if (!read.test(path)) continue;
        const chunks: Buffer[] = [];
        for await (const chunk of await zip.openReadStreamPromise(entry)) chunks.push(chunk as Buffer);
        texts.set(path, Buffer.concat(chunks).toString('utf8'));
      }
    } finally {
      zip.close();
    }
    return new PackedExtension(files, texts);
  }

  /** Text of a file passed to {@link open}. */
  text(path: string): string {
    const text = this.texts.get(path);
    if (text === undefined) throw new Error(`${path} is not in the package`);
    return text;
  }

  matching(pattern: RegExp): string[] {
    return this.files.map(({ path }) => path).filter((path) => pattern.test(path));
  }
}

/** A path in this repository's packages. */
export const inPackages = (...parts: string[]): string => join(ROOT, 'node_modules', ...parts);
