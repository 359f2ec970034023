import { rmSync } from 'node:fs';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * Markdown files for editors to open, in a folder that only this user can read and that goes when the process does. A
 * new one each: the editor may have those before still open.
 */
export class ExplanationFiles {
  private folder: Promise<string> | undefined;
  private count = 0;

  /** @returns the file's URI */
  async write(text: string): Promise<string> {
    this.folder ??= this.makeFolder();
    const path = join(await this.folder, `explanation-${++this.count}.md`);
    await writeFile(path, text);
    return pathToFileURL(path).href;
  }

  private async makeFolder(): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), 'youtu-'));
    process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
    return folder;
  }
}
