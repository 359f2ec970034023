import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { outlineOf } from '../../syntax/outline/outlineOf.js';
import type { FileOutline } from '../../syntax/outline/outline.js';
import type { SyntaxTrees } from '../../syntax/syntaxTrees.js';
import { languageOfFile } from '../../language/languageOf.js';
import type { FileGate, RealPaths } from './fileGate.js';

export interface OpenDocuments {
  get(uri: string): TextDocument | undefined;
}

const MAX_FILE_SIZE = 500_000;
const MAX_FOLDER_SIZE = 2000;
const KEPT = 300;

interface Kept<T> {
  /** Changes when the file does. */
  readonly state: string;
  readonly value: T;
}

/** Reads files of the project, each again only when it has changed. What an editor has open is taken from there. */
export class ProjectFiles {
  private readonly outlines = new Map<string, Kept<FileOutline | undefined>>();
  private readonly texts = new Map<string, Kept<string>>();

  constructor(
    private readonly documents: OpenDocuments,
    private readonly trees: SyntaxTrees,
    private readonly gate: FileGate,
  ) {}

  /**
   * @param root of the project that asks
   * @param realPaths those of the search that asks
   * @returns `undefined` when there is no such file, it is too large, not for others' eyes, or in a language without
   * outlines
   */
  async outline(
    path: string,
    root: string,
    signal: AbortSignal,
    realPaths?: RealPaths,
  ): Promise<FileOutline | undefined> {
    if (!(await this.gate.allows(path, root, realPaths))) return undefined;
    const open = this.openDocument(path);
    const languageId = open?.languageId ?? languageOfFile(path);
    const state = open === undefined ? await stateOf(path) : `open ${open.uri} ${open.version}`;
    if (state === undefined) return undefined;
    const kept = this.outlines.get(path);
    if (kept?.state === state) return kept.value;
    const text = open?.getText() ?? (await readText(path));
    if (text === undefined || text.length > MAX_FILE_SIZE) return undefined;
    const value = await this.trees.read(languageId, text, (tree) => outlineOf(tree, languageId), signal);
    keep(this.outlines, path, { state, value });
    return value;
  }

  /** A project's own file, such as go.mod; `undefined` when there is none, or it leads out of the project. */
  async text(path: string, root: string): Promise<string | undefined> {
    const state = await stateOf(path);
    if (state === undefined || !(await this.gate.allows(path, root))) return undefined;
    const kept = this.texts.get(path);
    if (kept?.state === state) return kept.value;
    const value = await readText(path);
    if (value !== undefined) keep(this.texts, path, { state, value });
    return value;
  }

  async isFile(path: string): Promise<boolean> {
    return this.openDocument(path) !== undefined || (await stateOf(path)) !== undefined;
  }

  /** The first of several places where a file may be. */
  async firstFile(paths: readonly string[]): Promise<string | undefined> {
    for (const path of paths) if (await this.isFile(path)) return path;
    return undefined;
  }

  /** Paths of the files in a folder, sorted; none when there is no such folder. */
  async list(folder: string): Promise<string[]> {
    try {
      const entries = await readdir(folder, { withFileTypes: true });
      const names = entries.filter((entry) => entry.isFile()).map(({ name }) => name);
      return names
        .slice(0, MAX_FOLDER_SIZE)
        .sort()
        .map((name) => join(folder, name));
    } catch {
      // It needn't be there.
      return [];
    }
  }

  /** Editors write a drive's letter and its colon in another way than Node does. */
  private openDocument(path: string): TextDocument | undefined {
    const uri = pathToFileURL(path).href;
    const [, letter, rest] = /^file:\/\/\/([A-Za-z]):(.*)$/.exec(uri) ?? [];
    if (letter === undefined) return this.documents.get(uri);
    const asInEditors = `file:///${letter.toLowerCase()}%3A${rest ?? ''}`;
    return this.documents.get(asInEditors) ?? this.documents.get(uri);
  }
}

async function stateOf(path: string): Promise<string | undefined> {
  try {
    const { mtimeMs, size, isFile } = await fileStatus(path);
    return isFile && size <= MAX_FILE_SIZE ? `${mtimeMs} ${size}` : undefined;
  } catch {
    // There is no such file, or it may not be looked at.
    return undefined;
  }
}

async function fileStatus(path: string): Promise<{ mtimeMs: number; size: number; isFile: boolean }> {
  const status = await stat(path);
  return { mtimeMs: status.mtimeMs, size: status.size, isFile: status.isFile() };
}

async function readText(path: string): Promise<string | undefined> {
  try {
    const text = await readFile(path, 'utf8');
    return text.includes('\0') ? undefined : text;
  } catch {
    // It has gone meanwhile, or may not be read.
    return undefined;
  }
}

/** The file read last comes last. */
function keep<T>(kept: Map<string, T>, path: string, value: T): void {
  kept.delete(path);
  kept.set(path, value);
  for (const oldest of kept.keys()) {
    if (kept.size <= KEPT) break;
    kept.delete(oldest);
  }
}
