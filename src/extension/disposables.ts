import type { Disposable } from 'vscode';

/** Does work after some milliseconds, unless it is disposed before. Tests inject their own. */
export type Delay = (work: () => void, milliseconds: number) => { dispose: () => void };

export const timerDelay: Delay = (work, milliseconds) => {
  const timer = setTimeout(work, milliseconds);
  return { dispose: () => clearTimeout(timer) };
};

/** Base of all parts that register listeners: disposes what it owns, in reverse order. */
export abstract class Disposables implements Disposable {
  private readonly owned: Disposable[] = [];

  protected own<T extends Disposable>(disposable: T): T {
    this.owned.push(disposable);
    return disposable;
  }

  dispose(): void {
    for (const disposable of this.owned.splice(0).reverse()) disposable.dispose();
  }
}
