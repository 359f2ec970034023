import * as vscode from 'vscode';
import { InstructionHistory } from './instructionHistory.js';

/** An entry of the list: what the user has typed, or an earlier instruction. */
interface InstructionItem extends vscode.QuickPickItem {
  readonly instruction: string;
}

/** Asks for the sentence of an edit, and offers the earlier ones, which can be removed. */
export class InstructionInput {
  private readonly history: InstructionHistory;

  constructor(state: vscode.Memento) {
    this.history = new InstructionHistory(state);
  }

  /**
   * @param typed what is there at first
   * @returns `undefined` when the user gave none
   */
  async ask(title: string, typed = ''): Promise<string | undefined> {
    const remove = { iconPath: new vscode.ThemeIcon('close'), tooltip: vscode.l10n.t('Remove') };
    const clear = {
      iconPath: new vscode.ThemeIcon('clear-all'),
      tooltip: vscode.l10n.t('Remove All Earlier Instructions'),
    };
    const pick = vscode.window.createQuickPick<InstructionItem>();
    pick.title = title;
    pick.placeholder = vscode.l10n.t('What is to be done? For example: return 0 for an empty list');
    pick.value = typed;
    const show = (): void => {
      const own = pick.value.trim();
      const earlier = this.history.all;
      pick.buttons = earlier.length === 0 ? [] : [clear];
      // Labels are matched with what is typed, and sorted: a match could come before what the user has just typed.
      pick.items = [
        ...(own === '' ? [] : [{ label: '$(edit)', description: own, instruction: own }]),
        ...earlier.map((each) => ({
          label: '$(history)',
          description: each,
          instruction: each,
          buttons: [remove],
        })),
      ].map((item) => ({ ...item, alwaysShow: true }));
    };
    show();
    pick.onDidChangeValue(show);
    pick.onDidTriggerItemButton(({ item }) => void this.history.remove(item.instruction).then(show));
    pick.onDidTriggerButton(() => void this.history.clear().then(show));
    const answer = await new Promise<string | undefined>((resolve) => {
      pick.onDidAccept(() => {
        const [active] = pick.activeItems;
        // The entry of the typed text may be a letter behind.
        const isEarlier = active?.buttons !== undefined;
        resolve(isEarlier ? active.instruction : pick.value);
      });
      pick.onDidHide(() => resolve(undefined));
      pick.show();
    }).finally(() => pick.dispose());
    const instruction = answer?.trim() ?? '';
    if (instruction === '') return undefined;
    await this.history.add(instruction);
    return instruction;
  }
}
