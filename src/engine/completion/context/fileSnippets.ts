import type { Definition, FileOutline } from '../../syntax/outline/outline.js';

/** What the marks around a file's path take. */
const MARKS = 8;

interface FileParts {
  readonly texts: { readonly index: number; readonly text: string }[];
  readonly names: string[];
}

/** Snippets in the making, by file, within a number of characters. */
export class FileSnippets {
  private readonly files = new Map<string, FileParts>();
  private left: number;

  /** @param display how a path is shown */
  constructor(
    characters: number,
    private readonly display: (path: string) => string,
  ) {
    this.left = characters;
  }

  /** What a text of a file may take. */
  roomFor(path: string): number {
    return this.left - (this.files.has(path) ? 1 : this.display(path).length + MARKS);
  }

  /**
   * @param index its place in the file
   * @returns whether it is there now
   */
  add(path: string, index: number, text: string): boolean {
    const room = this.roomFor(path);
    const file = this.files.get(path) ?? { texts: [], names: [] };
    if (file.texts.some((other) => other.text === text)) return true;
    if (text.length > room) return false;
    this.left = room - text.length;
    file.texts.push({ index, text });
    this.files.set(path, file);
    return true;
  }

  /** Only names what a file has, together with others of it. */
  addName(path: string, name: string): void {
    const file = this.files.get(path);
    const before = file === undefined || file.names.length === 0 ? commentOf(path).length + 2 : 2;
    const room = this.roomFor(path) - before;
    if (name.length > room || file?.names.includes(name) === true) return;
    this.left = room - name.length;
    if (file === undefined) this.files.set(path, { texts: [], names: [name] });
    else file.names.push(name);
  }

  /** @param paths in the order in which they are shown */
  build(paths: Iterable<string>): Snippet[] {
    return [...paths].flatMap((path) => {
      const file = this.files.get(path);
      if (file === undefined) return [];
      const lines = file.texts.sort((a, b) => a.index - b.index).map(({ text }) => text);
      if (file.names.length > 0) lines.push(`${commentOf(path)} ${file.names.join(', ')}`);
      return [{ path: this.display(path), text: lines.join('\n') }];
    });
  }
}

/** How a line becomes a comment in a file. */
export function commentOf(path: string): string {
  return /\.pyi?$/.test(path) ? '#' : '//';
}

/** A part of another file that a prompt shows. */
export interface Snippet {
  /** As a person would write it, from the project's root. */
  readonly path: string;
  readonly text: string;
}

/**
 * What another file may use of a definition, when it imports the module as a whole.
 * @returns `undefined` when that is nothing
 */
export function visiblePart(
  definition: Definition,
  outline: FileOutline,
  languageId: string,
): Definition | undefined {
  const { name, head, members, isPart } = definition;
  switch (languageId) {
    case 'rust':
      return isPart === true || /^(?:pub\b|macro_rules!)/.test(head) ? definition : undefined;
    case 'typescript':
    case 'typescriptreact':
    case 'javascript':
    case 'javascriptreact':
      return isExported(definition, outline) ? definition : undefined;
    case 'go': {
      if (!/^\p{Lu}/u.test(name)) return undefined;
      const exported = members.filter((member) => /^\W*(?:\w+\.)?\p{Lu}/u.test(member.name));
      return isPart === true && exported.length === 0 ? undefined : { ...definition, members: exported };
    }
    default:
      return definition;
  }
}

/** Said so where it is defined, or elsewhere in the file; a file that exports nothing is run for what it does. */
function isExported({ name, head, isPart }: Definition, { definitions, aliases }: FileOutline): boolean {
  const exported = new Set(aliases.values());
  if (exported.has(name) || /^(?:export|declare)\b/.test(head)) return true;
  return isPart === true && definitions.some((other) => other.name === name && /^export\b/.test(other.head));
}
