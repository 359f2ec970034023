/** A conversation with its format's version. One of a newer version has fields that this one doesn't know. */
export interface StoredConversation {
  /** A number as a text. */
  readonly version: string;
  readonly id: string;
}

/** What an area has under an id: any value, since another program may have written it, or an entry that can't be read. */
export type StoredEntry = { readonly value: unknown } | { readonly error: unknown };

/**
 * Where conversations are stored, by id: a folder, or a browser's database. Several windows or tabs may own the same
 * area at the same time.
 */
export interface ConversationArea {
  /** An entry that can't be read doesn't keep the others from being read. */
  readAll(): Promise<ReadonlyMap<string, StoredEntry>>;
  /** Resolves to `undefined` when there is none. */
  read(id: string): Promise<StoredEntry | undefined>;
  /**
   * Replaces an entry by what `change` makes of it; no other owner's change comes between. `undefined` leaves it as it
   * is. Rejects with what `change` throws, or when it can't be written. A write that is cut off leaves the old entry or
   * the new one.
   */
  update(id: string, change: EntryChange): Promise<void>;
  remove(ids: readonly string[]): Promise<void>;
  /** Moves an entry that has no conversation away from the others, unchanged. Resolves to its new name. */
  setAside(id: string): Promise<string>;
}

export type EntryChange = (stored: StoredEntry | undefined) => StoredConversation | undefined;
