import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { OpenDocuments } from './projectFiles.js';

/** Lines shown before and after a place. */
const AROUND = 7;
/** Places that are nearer to each other than this are one. */
const SAME_PLACE = 15;
const KEPT = 20;
/** Output channels and the like are documents too. */
const SCHEME = /^(?:file|untitled|vscode-(?:remote|vfs|notebook-cell)):/;

export interface RecentLocation {
  readonly uri: string;
  readonly line: number;
  /** Changes when the place has been edited. */
  readonly version: number;
  readonly isEdited: boolean;
}

export interface RecentText {
  readonly uri: string;
  readonly text: string;
}

/** Where the user has edited and looked of late, the latest last. */
export class RecentLocations {
  private places: readonly RecentLocation[] = [];
  private version = 0;
  /** Whether a project's prompts may show a document, by both; what isn't decided yet isn't shown. */
  private readonly allowed = new Map<string, boolean>();

  constructor(private readonly documents: OpenDocuments) {}

  edited(uri: string, line: number): void {
    this.add({ uri, line, version: ++this.version, isEdited: true });
  }

  viewed(uri: string, line: number): void {
    const before = this.near(uri, line);
    // To look again at what is known changes nothing.
    if (before === undefined) this.add({ uri, line, version: 0, isEdited: false });
  }

  forget(uri: string): void {
    this.places = this.places.filter((place) => place.uri !== uri);
    for (const key of this.allowed.keys()) if (key.endsWith(`\n${uri}`)) this.allowed.delete(key);
  }

  /** Decides which of the places a project's prompts may show, as far as that isn't decided. */
  async decide(root: string | undefined, allows: (uri: string) => Promise<boolean>): Promise<void> {
    const uris = new Set(this.places.map(({ uri }) => uri));
    const open = [...uris].filter((uri) => !this.allowed.has(keyOf(uri, root)));
    const answers = await Promise.all(open.map(async (uri) => [uri, await allows(uri)] as const));
    for (const [uri, isAllowed] of answers) this.allowed.set(keyOf(uri, root), isAllowed);
  }

  /** The user has changed what may be shown. */
  forgetDecisions(): void {
    this.allowed.clear();
  }

  /** Changes when what another document would be shown does. */
  stateFor(uri: string, root: string | undefined): string {
    const others = this.others(uri, root).map((place) => `${place.uri} ${place.line} ${place.version}`);
    return others.sort().join('\n');
  }

  /**
   * Texts of the places in other documents that have room: edited ones before viewed ones and late ones before
   * earlier ones, but listed by document and line, which don't change when the user goes to and fro.
   */
  textsFor(
    uri: string,
    root: string | undefined,
    { characters, most }: { readonly characters: number; readonly most: number },
  ): RecentText[] {
    const ranked = this.others(uri, root)
      .reverse()
      .sort((a, b) => Number(b.isEdited) - Number(a.isEdited));
    const chosen: { readonly place: RecentLocation; readonly text: string }[] = [];
    let left = characters;
    for (const place of ranked) {
      const document = this.documents.get(place.uri);
      const text = document === undefined ? '' : windowAt(document, place.line);
      if (text === '' || text.length > left || chosen.length >= most) continue;
      left -= text.length;
      chosen.push({ place, text });
    }
    chosen.sort(({ place: a }, { place: b }) => (a.uri === b.uri ? a.line - b.line : a.uri < b.uri ? -1 : 1));
    return chosen.map(({ place, text }) => ({ uri: place.uri, text }));
  }

  private others(uri: string, root: string | undefined): RecentLocation[] {
    return this.places.filter(
      (place) => place.uri !== uri && this.allowed.get(keyOf(place.uri, root)) === true,
    );
  }

  private near(uri: string, line: number): RecentLocation | undefined {
    return this.places.find((place) => place.uri === uri && Math.abs(place.line - line) <= SAME_PLACE);
  }

  private add(place: RecentLocation): void {
    if (!SCHEME.test(place.uri)) return;
    const before = this.near(place.uri, place.line);
    this.places = [...this.places.filter((other) => other !== before), place].slice(-KEPT);
  }
}

function keyOf(uri: string, root: string | undefined): string {
  return `${root ?? ''}\n${uri}`;
}

/** Whole lines around a line, without empty ones at the edges. */
function windowAt(document: TextDocument, line: number): string {
  const start = { line: Math.max(0, line - AROUND), character: 0 };
  const text = document.getText({ start, end: { line: line + AROUND + 1, character: 0 } });
  return text
    .replaceAll('\r\n', '\n')
    .replace(/^(?:[ \t]*\n)+/, '')
    .trimEnd();
}
