import type { Disposable } from 'vscode';

/** Owns what it registers; whoever creates one disposes it. */
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
