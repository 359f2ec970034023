import * as vscode from 'vscode';
import { Disposables } from '../disposables.js';

/**
 * Makes VS Code ask again for a text and a cursor that it has an answer for already. The stable API has no way to say
 * that there is a better one. What there is, tried in 1.139:
 *
 * - A request for the same state isn't made twice, except of a provider that is new: so the provider is registered anew.
 * - `inlineSuggest.trigger` asks, but as if the user had, and then keeps what is shown in front of what is new; with
 *   `explicit: false` and a provider's name it asks by itself and takes the answer.
 * - `inlineSuggest.showNext` asks too and goes on to the new text, in one step that nobody sees as two. It does nothing
 *   where no ghost text is shown: who has pressed Esc is left in peace.
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

  /** Whether VS Code asks because of this, and not because the user wants it to. */
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
          // VS Code keeps its providers' names in small letters.
          providerId: `${this.extensionId.toLowerCase()}:*`,
          explicit: false,
        });
    } finally {
      this.running--;
    }
  }
}
