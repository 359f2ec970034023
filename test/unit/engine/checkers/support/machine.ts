import { chmod, mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Workspace } from '../../../../../src/engine/completion/context/workspace.js';
import { MachineTools } from '../../../../../src/engine/checkers/machine/machineTools.js';

/** A folder with a project in it, and a folder for programs that is all of the search path. */
export class SampleMachine {
  private constructor(
    readonly folder: string,
    readonly workspace: Workspace,
  ) {}

  static async create(): Promise<SampleMachine> {
    const folder = await realpath(await mkdtemp(join(tmpdir(), 'youtu-machine-')));
    const workspace = new Workspace();
    const machine = new SampleMachine(folder, workspace);
    await mkdir(machine.project);
    workspace.setFolders([pathToFileURL(machine.project).href]);
    return machine;
  }

  get project(): string {
    return join(this.folder, 'project');
  }

  uri(name: string): string {
    return pathToFileURL(join(this.project, name)).href;
  }

  /** Writes an executable script. @param path relative to the sample's folder */
  async program(path: string, script: string): Promise<string> {
    const file = join(this.folder, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, script);
    await chmod(file, 0o755);
    return file;
  }

  /** @param searchPath folders of the sample, or relative entries as they are with a dot */
  tools(searchPath: readonly string[] = ['bin'], env: Readonly<Record<string, string>> = {}): MachineTools {
    const folders = searchPath.map((name) => (name.startsWith('.') ? name : join(this.folder, name)));
    return new MachineTools(this.workspace, { ...env, PATH: folders.join(':') });
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** The tools of the machine that the tests run on. */
export function realTools(
  workspace: Workspace = new Workspace(),
  env: Readonly<Record<string, string>> = {},
): MachineTools {
  return new MachineTools(workspace, { ...process.env, ...env });
}
