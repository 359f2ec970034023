import * as vscode from 'vscode';
import { Disposables } from '../disposables.js';

/**
 * Makes VS Code request completions again for a state that it already has an answer for. The stable API can't announce
 * a better one. What works, tried in 1.139:
 *
 * - VS Code doesn't request the same state twice from a provider, so the provider is registered again.
 * - `inlineSuggest.trigger` counts as an explicit request and keeps what is shown before what is new. With
 *   `explicit: false` and a provider's id it counts as automatic, and shows the new answer.
 * - `inlineSuggest.showNext` requests too and moves on to the new text without a visible step between. It does nothing
 *   where no ghost text is shown, for example after Esc.
 */
export class InlineSuggestRefresher extends Disposables {
  private registration: vscode.Disposable;
  private running = 0;

  constructor(
    private readonly register: () => vscode.Disposable,
    private readonly extensionId: string,
  ) {
    super();
    this.registration = register();
    this.own({ dispose: () => void this.registration.dispose() });
  }

  /** Whether VS Code's current request comes from here and not from the user. */
  get isShowing(): boolean {
    return this.running > 0;
  }

  /** @param isPartShown whether an earlier answer for the same state is on the screen, outside of the suggestion list */
  show({ isPartShown }: { readonly isPartShown: boolean }): void {
    const old = this.registration;
    this.registration = this.register();
    old.dispose();
    void this.run(isPartShown);
  }

  private async run(isPartShown: boolean): Promise<void> {
    this.running++;
    try {
      if (isPartShown) await vscode.commands.executeCommand('editor.action.inlineSuggest.showNext');
      else
        await vscode.commands.executeCommand('editor.action.inlineSuggest.trigger', {
          // VS Code lower-cases its providers' ids.
          providerId: `${this.extensionId.toLowerCase()}:*`,
          explicit: false,
        });
    } finally {
      this.running--;
    }
  }
}
