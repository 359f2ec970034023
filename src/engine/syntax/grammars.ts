/** Loads tree-sitter and its grammars when a language is first used: megabytes that most sessions need one of. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Language, Parser } from '@vscode/tree-sitter-wasm';
import files from './grammars.json' with { type: 'json' };

/** Name of a grammar's file by VS Code's language id; the packager reads the same list. */
const GRAMMARS = new Map(Object.entries(files));

export interface Grammar {
  readonly name: string;
  readonly language: Language;
  /** A new parser of this language; the caller deletes it. */
  readonly createParser: () => Parser;
}

export class Grammars {
  private readonly loading = new Map<string, Promise<Grammar | undefined>>();
  private readonly loaded = new Map<string, Grammar>();
  private library: Promise<typeof import('@vscode/tree-sitter-wasm')> | undefined;

  constructor(private readonly log: (message: string) => void = () => undefined) {}

  /** @returns `undefined` when there is no grammar for the language, or it can't be loaded */
  load(languageId: string): Promise<Grammar | undefined> {
    const name = GRAMMARS.get(languageId);
    if (name === undefined) return Promise.resolve(undefined);
    let grammar = this.loading.get(name);
    if (grammar === undefined) {
      grammar = this.read(name).catch((error: unknown) => {
        this.log(`no grammar ${name}: ${String(error)}`);
        return undefined;
      });
      this.loading.set(name, grammar);
    }
    return grammar;
  }

  /** The grammar, if it has been loaded already. */
  get(languageId: string): Grammar | undefined {
    return this.loaded.get(GRAMMARS.get(languageId) ?? '');
  }

  private async read(name: string): Promise<Grammar> {
    this.library ??= openLibrary();
    const { Language: Grammar, Parser: TreeParser } = await this.library;
    const { resolve } = createRequire(import.meta.url);
    const bytes = await readFile(resolve(`@vscode/tree-sitter-wasm/wasm/tree-sitter-${name}.wasm`));
    const language = await Grammar.load(bytes);
    const createParser = (): Parser => new TreeParser().setLanguage(language);
    const grammar = { name, language, createParser };
    this.loaded.set(name, grammar);
    return grammar;
  }
}

async function openLibrary(): Promise<typeof import('@vscode/tree-sitter-wasm')> {
  // CommonJS, whose exports Node can't tell from its text.
  const { default: library } = await import('@vscode/tree-sitter-wasm');
  await library.Parser.init();
  return library;
}
