import { realpath } from 'node:fs/promises';
import { basename, dirname, join, relative, sep } from 'node:path';
import { Minimatch } from 'minimatch';
import { fileExclusion, type FileExclusion } from '../../../protocol/fileExclusion.js';
import type { EngineSettings } from '../../../protocol/settings.js';
import { isWithin, pathOf, type Workspace } from './workspace.js';

export type ExclusionSettings = Pick<EngineSettings, 'completionExclude' | 'completionExcludeByFolder'>;

/**
 * Decides which files may be read for the prompts of other files: those of the project, but none that the user's
 * patterns or its name exclude. Links are followed first, since a project's links may lead anywhere. Every reader of
 * other files asks here.
 */
export class FileGate {
  private readonly globs = new Map<string, Minimatch>();

  constructor(
    private readonly workspace: Workspace,
    private readonly settings: () => ExclusionSettings,
  ) {}

  /**
   * @param root of the project that the asking file belongs to; the opened folders count too
   * @param realPaths those of the search that this is a part of
   */
  async allows(path: string, root: string | undefined, realPaths = new RealPaths()): Promise<boolean> {
    const paths = await this.pathsIn(path, root, realPaths);
    return paths?.every((each) => this.exclusionAt(each) === 'none') ?? false;
  }

  /** Whether a file, which need not be there yet, is in the project: for one that the user wants written. */
  async isInProject(path: string, root: string | undefined): Promise<boolean> {
    return (await this.pathsIn(path, root, new RealPaths())) !== undefined;
  }

  /** The paths by which the user's patterns may name a file of the project. */
  private async pathsIn(
    path: string,
    root: string | undefined,
    realPaths: RealPaths,
  ): Promise<readonly string[] | undefined> {
    const real = await realPaths.of(path);
    for (const folder of [...(root === undefined ? [] : [root]), ...this.workspace.folders]) {
      const realFolder = await realPaths.of(folder);
      if (!isWithin(real, realFolder)) continue;
      const inFolder = join(folder, relative(realFolder, real));
      return [...new Set([path, real, inFolder])];
    }
    return undefined;
  }

  /** As {@link allows}, for a document that an editor has open; one that isn't saved is the user's own text. */
  async allowsDocument(uri: string, root: string | undefined): Promise<boolean> {
    const path = pathOf(uri);
    if (path !== undefined) return this.allows(path, root);
    return !uri.startsWith('file:') && this.exclusionOf(uri) === 'none';
  }

  /** By the document's own path, without following links: the user has opened it by this name. */
  exclusionOf(uri: string): FileExclusion {
    const path = pathOf(uri) ?? uri.replace(/^[a-z][\w+.-]+:(?:\/\/[^/]*)?/i, '');
    return this.exclusionAt(path);
  }

  private exclusionAt(path: string): FileExclusion {
    const slashed = path.replaceAll(sep, '/');
    return fileExclusion(path, this.patternsFor(path), (glob) => this.glob(glob).match(slashed));
  }

  /** Those of the innermost folder that has its own. */
  private patternsFor(location: string): readonly string[] {
    const { completionExclude, completionExcludeByFolder } = this.settings();
    const own = Object.entries(completionExcludeByFolder)
      .flatMap(([uri, patterns]) => {
        const folder = pathOf(uri);
        return folder !== undefined && isWithin(location, folder) ? [{ folder, patterns }] : [];
      })
      .sort((a, b) => b.folder.length - a.folder.length);
    return own[0]?.patterns ?? completionExclude;
  }

  private glob(pattern: string): Minimatch {
    let glob = this.globs.get(pattern);
    if (glob === undefined) {
      const nocase = process.platform === 'win32' || process.platform === 'darwin';
      glob = new Minimatch(pattern, { dot: true, nocase, nocomment: true, nonegate: true, noext: true });
      this.globs.set(pattern, glob);
    }
    return glob;
  }
}

/**
 * Real paths that were looked up in one search. A search asks for files of the same folders again and again; after it
 * anything may have been moved, so the next one starts with none.
 */
export class RealPaths {
  private readonly known = new Map<string, Promise<string>>();

  /** Of a file that isn't saved yet, by the nearest folder that is there. */
  of(path: string): Promise<string> {
    const known = this.known.get(path) ?? this.lookUp(path);
    this.known.set(path, known);
    return known;
  }

  private async lookUp(path: string): Promise<string> {
    try {
      return await realpath(path);
    } catch {
      const folder = dirname(path);
      return folder === path ? path : join(await this.of(folder), basename(path));
    }
  }
}
