import type { Definition, FileOutline } from '../../syntax/outline/outline.js';
import type { ImportingFile, ModuleFile, ModuleResolver } from './modules/moduleResolver.js';
import { RealPaths } from './fileGate.js';
import type { ProjectFiles } from './projectFiles.js';
import { visiblePart } from './fileSnippets.js';
import { isWithin } from './workspace.js';

/** A definition of another file that a file can use. */
export interface UsedDefinition {
  readonly path: string;
  /** Its place among the definitions of its file. */
  readonly index: number;
  readonly definition: Definition;
  /** As the using file calls it. */
  readonly local: string;
  /** The name that the using file has for the module that offers it. */
  readonly module?: string | undefined;
  /** The definition that speaks of it. */
  readonly by?: string | undefined;
  /** Named by an import, one of many that come with a module, or spoken of by one that is named. */
  readonly how: 'named' | 'offered' | 'mentioned';
}

/** The most files that are read for one. */
const MAX_FILES = 40;
/** How many files a name may be handed on through, by those that only gather others'. */
const MAX_STEPS = 4;
const MAX_MENTIONS = 80;

/** Follows a file's imports to what they mean. One is made for each search. */
export class UsedDefinitions {
  private readonly found = new Map<string, UsedDefinition>();
  private readonly read = new Set<string>();
  private readonly realPaths = new RealPaths();

  constructor(
    private readonly files: ProjectFiles,
    private readonly resolver: ModuleResolver,
    private readonly root: string,
    private readonly languageId: string,
    private readonly signal: AbortSignal,
  ) {}

  /** In the order of the imports. */
  async find(from: ImportingFile, text: string): Promise<readonly UsedDefinition[]> {
    for (const imported of from.outline.imports)
      for (const file of await this.resolver.resolve(imported, from)) await this.take(file, MAX_STEPS);
    for (const path of (await this.resolver.neighbours?.(from, text)) ?? [])
      await this.takeAll(path, 0, undefined, (definition) => definition);
    await this.addMentioned();
    return [...this.found.values()].filter(({ path }) => path !== from.path);
  }

  private async take({ path, names, local: module }: ModuleFile, steps: number): Promise<void> {
    if (names === 'all') await this.takeAll(path, steps, module);
    else for (const { name, local } of names) await this.lookUp(path, name, local, 'named', steps, new Set());
  }

  private async takeAll(
    path: string,
    steps: number,
    module?: string,
    visible = (definition: Definition, outline: FileOutline) =>
      visiblePart(definition, outline, this.languageId),
  ): Promise<void> {
    const outline = await this.outline(path);
    if (outline === undefined) return;
    outline.definitions.forEach((whole, index) => {
      const definition = visible(whole, outline);
      if (definition !== undefined)
        this.add({ path, index, definition, local: definition.name, module, how: 'offered' });
    });
    if (steps === 0) return;
    for (const imported of outline.imports) {
      if (!imported.isReexport || !imported.isWhole) continue;
      const from = { path, root: this.root, outline };
      for (const file of await this.resolver.resolve(imported, from))
        if (!this.read.has(file.path)) await this.takeAll(file.path, steps - 1, module);
    }
  }

  /** Finds a name where a file has it, or where that file has it from. */
  private async lookUp(
    path: string,
    name: string,
    local: string,
    how: UsedDefinition['how'],
    steps: number,
    passed: Set<string>,
    by?: string,
  ): Promise<boolean> {
    const outline = await this.outline(path);
    if (outline === undefined || passed.has(`${name} ${path}`)) return false;
    passed.add(`${name} ${path}`);
    const own = outline.aliases.get(name) ?? name;
    const found = outline.definitions.flatMap((definition, index) =>
      definition.name === own ? [{ path, index, definition, local, how, by }] : [],
    );
    for (const used of found) this.add(used);
    if (found.length > 0 || steps === 0) return found.length > 0;
    const from = { path, root: this.root, outline };
    // Named first: what a module hands on as a whole has to be searched.
    for (const isNamed of [true, false])
      for (const imported of outline.imports) {
        const named = imported.names.find((other) => other.local === own);
        if (isNamed ? named === undefined : !imported.isReexport || !imported.isWhole) continue;
        for (const file of await this.resolver.resolve(imported, from))
          if (await this.lookUp(file.path, named?.name ?? own, local, how, steps - 1, passed, by))
            return true;
      }
    return false;
  }

  /** What the found ones speak of: the type that a function returns, the class that one extends. */
  private async addMentioned(): Promise<void> {
    let mentions = 0;
    for (const { path, definition, local, how } of [...this.found.values()]) {
      if (how !== 'named') continue;
      const text = [definition.head, ...definition.members.map((member) => member.text)].join('\n');
      for (const name of new Set(text.match(/\b[A-Z]\w+/g))) {
        if (name === local || name === definition.name || ++mentions > MAX_MENTIONS) continue;
        await this.lookUp(path, name, name, 'mentioned', 1, new Set(), local);
      }
    }
  }

  private add(used: UsedDefinition): void {
    const key = `${used.path}:${used.index}`;
    const before = this.found.get(key);
    // Named outranks offered; mentioned comes last anyway.
    if (before === undefined) this.found.set(key, used);
    else if (used.how === 'named' && before.how !== 'named') this.found.set(key, used);
  }

  private async outline(path: string): Promise<FileOutline | undefined> {
    this.signal.throwIfAborted();
    if (!isWithin(path, this.root)) return undefined;
    if (!this.read.has(path) && this.read.size >= MAX_FILES) return undefined;
    this.read.add(path);
    return this.files.outline(path, this.root, this.signal, this.realPaths);
  }
}
