export interface LockDeps {
  readonly wait?: (ms: number) => Promise<unknown>;
  readonly now?: () => number;
  readonly notify?: (text: string) => void;
}

export function withLock<T>(path: string, work: () => Promise<T>, deps?: LockDeps): Promise<T>;
