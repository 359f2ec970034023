import * as vscode from 'vscode';
import { CompletionWhyRequest } from '../../protocol/completion.js';
import type { EngineClient } from '../engine/engineClient.js';
import type { FailureText } from '../failureText.js';
import { runAction } from '../guard.js';
import type { CompletionGate } from './completionGate.js';
import { completionParams } from './completionParams.js';
import type { GhostText } from './ghostText.js';

/** “Why Was Nothing Shown Here?”: answers for the cursor, from the extension's own gates, else from the engine. */
export class WhyCommand {
  constructor(
    private readonly engine: EngineClient,
    private readonly gate: Pick<CompletionGate, 'stateOf'>,
    private readonly ghostText: Pick<GhostText, 'isSuggestionSelected'>,
  ) {}

  async run(): Promise<void> {
    const { message, actions } = await this.reason();
    const titles = actions.map(({ title }) => title);
    await runAction(actions, await vscode.window.showInformationMessage(message, ...titles));
  }

  /** @throws EngineFailure where the engine can't answer */
  async reason(): Promise<FailureText> {
    // Loaded when it is needed: activation is to load little code.
    const { whyEditor, whyGate } = await import('./whyText.js');
    const editor = vscode.window.activeTextEditor;
    if (editor === undefined) return whyEditor('noEditor');
    const { document, selections, selection } = editor;
    const state = this.gate.stateOf(document);
    if (state !== 'open') return whyGate(state, document);
    if (selections.length > 1) return whyEditor('severalCursors');
    const settings = vscode.workspace.getConfiguration('editor', document);
    if (settings.get('inlineSuggest.enabled') === false) return whyEditor('inlineSuggestOff');
    if (this.engine.state.kind === 'crashed') return whyEditor('engineCrashed');
    if (this.ghostText.isSuggestionSelected) return whyEditor('suggestionSelected');
    return this.askEngine(document, selection.active);
  }

  private async askEngine(document: vscode.TextDocument, position: vscode.Position): Promise<FailureText> {
    const params = completionParams(document, position, false, undefined);
    const location = vscode.ProgressLocation.Window;
    const title = vscode.l10n.t('Looking for the reason…');
    const source = new vscode.CancellationTokenSource();
    try {
      const result = await vscode.window.withProgress({ location, title }, () =>
        this.engine.request(CompletionWhyRequest, params, source.token),
      );
      const { whyEditor, whyOutcome } = await import('./whyText.js');
      return result === null ? whyEditor('notOpen') : whyOutcome(result.outcome);
    } finally {
      source.dispose();
    }
  }
}
