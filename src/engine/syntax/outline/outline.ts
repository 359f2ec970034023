/** What a file defines and where it gets names from: what another file's author knows of it. */

export interface Member {
  readonly name: string;
  /** One line, without its indentation. */
  readonly text: string;
}

/** A definition without what runs in it: a signature, or what a type consists of. */
export interface Definition {
  readonly name: string;
  /** All of it, or the text before its members. */
  readonly head: string;
  readonly members: readonly Member[];
  /** The text after its members; empty where indentation is enough. */
  readonly tail: string;
  /** Before each member; two spaces when left out. */
  readonly indent?: string;
  /** Members that belong to a definition of this name somewhere else: methods in Go and Rust. */
  readonly isPart?: boolean;
}

export interface ImportedName {
  /** As the other file calls it. */
  readonly name: string;
  /** As this file calls it. */
  readonly local: string;
}

export interface Import {
  /** The other file, as this one calls it. */
  readonly module: string;
  readonly names: readonly ImportedName[];
  /** All that the module has can be used: under a name for the module, or as it is. */
  readonly isWhole: boolean;
  /** The name that the module has here, where it has one. */
  readonly local?: string;
  /** What comes in goes out again. */
  readonly isReexport: boolean;
}

export interface FileOutline {
  readonly definitions: readonly Definition[];
  readonly imports: readonly Import[];
  /** Names under which definitions go out, where those differ: `default`, `export { a as b }`. */
  readonly aliases: ReadonlyMap<string, string>;
  /** The package that the file says it is in. */
  readonly packageName?: string;
}
