import type { FileArea, Hold } from '../../../../../src/extension/chat/conversationFiles.js';

/** Files in memory, with a log of what was done to them. */
export class MemoryFiles implements FileArea {
  readonly files = new Map<string, string>();
  readonly log: string[] = [];
  /** Set to make writes fail: every one, or that of one name. */
  failure: Error | undefined;
  failsFor: string | undefined;
  /** Set to make the file with this name unreadable. */
  unreadable: string | undefined;

  list(): Promise<readonly string[]> {
    return Promise.resolve([...this.files.keys()]);
  }

  read(name: string): Promise<string | undefined> {
    if (name === this.unreadable) return Promise.reject(new Error('EACCES'));
    return Promise.resolve(this.files.get(name));
  }

  replace(name: string, content: string): Promise<void> {
    if (this.failure !== undefined && (this.failsFor ?? name) === name) return Promise.reject(this.failure);
    this.log.push(`replace ${name}`);
    this.files.set(name, content);
    return Promise.resolve();
  }

  exclusively<T>(_name: string, work: (hold: Hold) => Promise<T>): Promise<T> {
    return work({ check: () => Promise.resolve() });
  }

  rename(from: string, to: string): Promise<void> {
    this.log.push(`rename ${from} ${to}`);
    this.files.set(to, this.files.get(from) ?? '');
    this.files.delete(from);
    return Promise.resolve();
  }

  delete(name: string): Promise<void> {
    this.log.push(`delete ${name}`);
    this.files.delete(name);
    return Promise.resolve();
  }
}
