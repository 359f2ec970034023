/** A folder that belongs to the chat. Names are plain file names. */
export interface FileArea {
  /** Names of the files; empty when the folder isn't there yet. */
  list(): Promise<readonly string[]>;
  /** @returns `undefined` when there is no such file */
  read(name: string): Promise<string | undefined>;
  write(name: string, content: string): Promise<void>;
  /** Takes the place of a file that has the new name already. */
  rename(from: string, to: string): Promise<void>;
  delete(name: string): Promise<void>;
}
