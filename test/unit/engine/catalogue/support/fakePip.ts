import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import type { CatalogueModel } from '../../../../../src/engine/catalogue/catalogue.js';
import { zipFile, type ZipMember } from './zipFile.js';

export type PipBehaviour =
  | { readonly kind: 'sound' }
  /** Says this on stderr and fails. */
  | { readonly kind: 'fails'; readonly output: string }
  /** Receives some bytes and hangs, in a child process of its own as a shell script's would be. */
  | { readonly kind: 'hangs' };

/** A fake pip on its own PATH: serves wheels from a folder. */
export class FakePip {
  private readonly path = process.env['PATH'];

  private constructor(private readonly folder: string) {}

  /** @param names executables to create: `pip`, or `python3` */
  static async create(folder: string, names: readonly string[] = ['pip']): Promise<FakePip> {
    const pip = new FakePip(folder);
    await mkdir(join(folder, 'bin'), { recursive: true });
    await mkdir(join(folder, 'wheels'));
    for (const name of names) {
      await writeFile(join(folder, 'bin', name), `#!${process.execPath}\n${SCRIPT}`);
      await chmod(join(folder, 'bin', name), 0o755);
    }
    await pip.behave({ kind: 'sound' });
    process.env['PATH'] = [join(folder, 'bin'), '/nowhere'].join(delimiter);
    return pip;
  }

  /** Restores PATH. */
  restore(): void {
    process.env['PATH'] = this.path;
  }

  async behave(behaviour: PipBehaviour): Promise<void> {
    await writeFile(join(this.folder, 'behaviour.json'), JSON.stringify(behaviour));
  }

  /** Packs `bytes` into the wheels of the model. */
  async addWheels({ sources: { pypi } }: CatalogueModel, bytes: Buffer): Promise<void> {
    let start = 0;
    for (const part of pypi?.parts ?? []) {
      const data = bytes.subarray(start, start + part.sizeBytes);
      await this.addWheel(part.package, [
        { name: `${dirname(dirname(part.member))}/__init__.py`, bytes: Buffer.from('raise SystemExit(1)') },
        { name: part.member, bytes: data },
      ]);
      start += part.sizeBytes;
    }
  }

  async addWheel(name: string, members: readonly ZipMember[]): Promise<void> {
    await this.addFile(name, zipFile(members));
  }

  async addFile(name: string, bytes: Buffer): Promise<void> {
    await writeFile(join(this.folder, 'wheels', `${name}==1.0.0`), bytes);
  }

  /** The arguments of each `download`, in order. */
  async calls(): Promise<string[][]> {
    const log = await readFile(join(this.folder, 'calls'), 'utf8').catch(() => '');
    return log
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as string[]);
  }

  /** Process ids of the children that hang. */
  async hangingPid(): Promise<number> {
    for (;;) {
      const pid = Number(await readFile(join(this.folder, 'hanging'), 'utf8').catch(() => ''));
      if (pid > 0) return pid;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}

const SCRIPT = `
const fs = require('node:fs'), path = require('node:path'), { spawn } = require('node:child_process');
const folder = path.dirname(path.dirname(process.argv[1]));
const args = process.argv.slice(2).filter((arg, index) => !(index < 2 && (arg === '-m' || arg === 'pip')));
if (args[0] === '--version') process.exit(0);
fs.appendFileSync(path.join(folder, 'calls'), JSON.stringify(args) + '\\n');
const behaviour = JSON.parse(fs.readFileSync(path.join(folder, 'behaviour.json'), 'utf8'));
const to = args[args.indexOf('--dest') + 1];
const wheel = args.at(-1);
if (behaviour.kind === 'fails') {
  process.stderr.write(behaviour.output);
  process.exit(1);
}
if (behaviour.kind === 'hangs') {
  fs.writeFileSync(path.join(process.env.TMPDIR, 'half'), Buffer.alloc(10));
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'inherit' });
  fs.writeFileSync(path.join(folder, 'hanging'), String(child.pid));
} else {
  const from = path.join(folder, 'wheels', wheel);
  if (fs.existsSync(from)) fs.copyFileSync(from, path.join(to, wheel.replace('==', '-') + '-py3-none-any.whl'));
  else {
    process.stderr.write('ERROR: Could not find a version that satisfies the requirement ' + wheel + '\\n');
    process.stderr.write('ERROR: No matching distribution found for ' + wheel + '\\n');
    process.exitCode = 1;
  }
}
`;
