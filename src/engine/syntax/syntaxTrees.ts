import type { Parser, Tree, ParseOptions } from '@vscode/tree-sitter-wasm';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { Grammars } from './grammars.js';
import { syntaxOf, type LanguageSyntax } from './languageSyntax.js';
import { type SyntaxTree, editBetween } from './syntaxTree.js';
import { setImmediate } from 'node:timers/promises';

/** Longer texts are data or generated; they get no completions. */
export const MAX_TEXT_LENGTH = 500_000;
/** The most that a question may take: a key is on its way. Updating the tree of 200 kB takes some 2 ms. */
const WITHIN_MS = 20;
/** How often that may be too short for one document until it goes without a tree. */
const STRIKES = 3;
/** What a text may take in the background before it counts as one that has no tree. */
const PATIENCE_MS = 3000;
/**
 * What a text that isn't open may take: the parser's own time, since other work goes on meanwhile. 500,000 characters of
 * code take less than one second; its recovery from errors can take the square of a long run.
 */
const MAX_READ_MS = 5000;
const KEPT = 8;

interface Kept {
  readonly tree: Tree;
  readonly text: string;
}

/**
 * Syntax trees of open documents: parsed once, then updated with each change. What isn't there within a moment is
 * made in the background, and there with one of the next keys.
 */
export class SyntaxTrees {
  private readonly kept = new Map<string, Kept>();
  private readonly preparing = new Map<string, Promise<void>>();
  /** Documents whose text the parser can't cope with. */
  private readonly hopeless = new Set<string>();
  private readonly strikes = new Map<string, number>();
  private readonly parsers = new Map<string, Parser>();
  /** Text that took too long, with its language: a fix reads the same text for several checks. */
  private tooSlow = '';

  constructor(
    private readonly grammars = new Grammars(),
    private readonly log: (message: string) => void = () => undefined,
    /** Milliseconds that a question may take. */
    private readonly within = WITHIN_MS,
    private readonly maxReadMs = MAX_READ_MS,
  ) {}

  /** Has the document's tree made, so that {@link of} has it; nothing for languages without a grammar. */
  prepare(document: TextDocument): Promise<void> {
    const { uri } = document;
    if (this.kept.has(uri) || this.hopeless.has(uri)) return Promise.resolve();
    let preparing = this.preparing.get(uri);
    if (preparing === undefined) {
      preparing = this.parseInBackground(document)
        .catch((error: unknown) => {
          this.hopeless.add(uri);
          this.log(`no syntax tree: ${String(error)}`);
        })
        .finally(() => this.preparing.delete(uri));
      this.preparing.set(uri, preparing);
    }
    return preparing;
  }

  /**
   * The tree of the document as it is now. It is valid until the next call.
   * @returns `undefined` while there is none: it is being made then, if one can be
   */
  of(document: TextDocument): SyntaxTree | undefined {
    const { uri, languageId } = document;
    const grammar = this.grammars.get(languageId);
    const syntax = grammar && syntaxOf(grammar.name);
    const text = document.getText();
    if (text.length > MAX_TEXT_LENGTH || this.hopeless.has(uri)) return undefined;
    if (grammar === undefined || syntax === undefined) {
      void this.prepare(document);
      return undefined;
    }
    const kept = this.kept.get(uri);
    const isSameLanguage = kept?.tree.language === grammar.language;
    const edit = kept && editBetween(kept.text, text);
    if (kept !== undefined && isSameLanguage && edit === undefined)
      return this.keep(uri, kept.tree, text, syntax);
    if (this.preparing.has(uri)) return undefined;
    const before = isSameLanguage ? kept.tree : undefined;
    if (edit !== undefined) before?.edit(edit);
    const parser = this.parserOf(grammar.name, grammar.createParser);
    const tree = parseWithin(parser, text, before, this.within);
    if (tree !== undefined) return this.keep(uri, tree, text, syntax);
    parser.reset();
    this.drop(uri);
    const strikes = (this.strikes.get(uri) ?? 0) + 1;
    this.strikes.set(uri, strikes);
    if (strikes > STRIKES) this.hopeless.add(uri);
    else void this.prepare(document);
    return undefined;
  }

  /**
   * Parses a text that isn't an open document, and lets the tree go again.
   * @returns what `read` makes of it; `undefined` when there is no grammar for the language, or the parser takes too long
   */
  async read<T>(
    languageId: string,
    text: string,
    read: (tree: SyntaxTree) => T,
    signal?: AbortSignal,
  ): Promise<T | undefined> {
    const grammar = await this.grammars.load(languageId);
    const syntax = grammar && syntaxOf(grammar.name);
    if (grammar === undefined || syntax === undefined || text.length > MAX_TEXT_LENGTH) return undefined;
    const key = `${grammar.name}\n${text}`;
    if (key === this.tooSlow) return undefined;
    const parser = grammar.createParser();
    let tree: Tree | undefined;
    try {
      tree = await parseInSlices(parser, text, signal, this.maxReadMs);
      if (tree === undefined) {
        this.tooSlow = key;
        return undefined;
      }
      return read({ root: tree.rootNode, text, syntax });
    } finally {
      tree?.delete();
      parser.delete();
    }
  }

  /** A document was closed. */
  forget(uri: string): void {
    this.drop(uri);
    this.hopeless.delete(uri);
    this.strikes.delete(uri);
  }

  private drop(uri: string): void {
    this.kept.get(uri)?.tree.delete();
    this.kept.delete(uri);
  }

  private async parseInBackground(document: TextDocument): Promise<void> {
    const text = document.getText();
    if (text.length > MAX_TEXT_LENGTH) return;
    const grammar = await this.grammars.load(document.languageId);
    const syntax = grammar && syntaxOf(grammar.name);
    if (grammar === undefined || syntax === undefined) {
      this.hopeless.add(document.uri);
      return;
    }
    const parser = grammar.createParser();
    try {
      const tree = await parseInSlices(parser, text, AbortSignal.timeout(PATIENCE_MS));
      if (tree !== undefined) this.keep(document.uri, tree, text, syntax);
    } finally {
      parser.delete();
    }
  }

  /** The one used last comes last; the one unused for longest is dropped. */
  private keep(uri: string, tree: Tree, text: string, syntax: LanguageSyntax): SyntaxTree {
    const before = this.kept.get(uri);
    if (before !== undefined && before.tree !== tree) before.tree.delete();
    this.kept.delete(uri);
    this.kept.set(uri, { tree, text });
    for (const oldest of this.kept.keys()) {
      if (this.kept.size <= KEPT) break;
      this.drop(oldest);
    }
    return { root: tree.rootNode, text, syntax };
  }

  private parserOf(name: string, create: () => Parser): Parser {
    let parser = this.parsers.get(name);
    if (parser === undefined) {
      parser = create();
      this.parsers.set(name, parser);
    }
    return parser;
  }
}

/** How long a slice keeps the process from anything else, such as handing on a token. */
const SLICE_MS = 8;

/**
 * Parses in slices, between which the process does other things.
 * @param parser not used elsewhere meanwhile
 * @param maxMs the parser's own time
 * @returns `undefined` when that was too short
 * @throws the signal's reason when aborted
 */
async function parseInSlices(
  parser: Parser,
  text: string,
  signal?: AbortSignal,
  maxMs = Infinity,
): Promise<Tree | undefined> {
  for (let spentMs = 0; spentMs <= maxMs;) {
    signal?.throwIfAborted();
    const started = performance.now();
    // Called again, the parser continues where it stopped.
    const tree = parseWithin(parser, text, undefined, SLICE_MS);
    if (tree !== undefined) return tree;
    spentMs += performance.now() - started;
    await setImmediate();
  }
  return undefined;
}

/**
 * @param before tree of the text before its last edit, which it has been told
 * @returns `undefined` when the time was too short; the parser then continues there, unless it is reset
 */
function parseWithin(
  parser: Parser,
  text: string,
  before: Tree | undefined,
  milliseconds: number,
): Tree | undefined {
  const end = performance.now() + milliseconds;
  // It's declared as returning nothing, yet what it returns is what stops the parser.
  const options: ParseOptions = { progressCallback: () => performance.now() > end };
  return parser.parse(text, before ?? null, options) ?? undefined;
}
