import type { FileArea } from '../../../../../src/extension/chat/conversationFiles.js';

/** Files in memory, with a log of what was done to them. */
export class MemoryFiles implements FileArea {
  readonly files = new Map<string, string>();
  readonly log: string[] = [];
  /** Set to make writes fail: every one, or that of one name. */
  failure: Error | undefined;
  failsFor: string | undefined;

  list(): Promise<readonly string[]> {
    return Promise.resolve([...this.files.keys()]);
  }

  read(name: string): Promise<string | undefined> {
    return Promise.resolve(this.files.get(name));
  }

  write(name: string, content: string): Promise<void> {
    if (this.failure !== undefined && (this.failsFor ?? name) === name) return Promise.reject(this.failure);
    this.log.push(`write ${name}`);
    this.files.set(name, content);
    return Promise.resolve();
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
