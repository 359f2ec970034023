import type { InitializeParams } from 'vscode-languageserver/node';

/** When ghost text is offered as an item of the suggestion list too: where the editor knows no ghost text. */
type CompletionItems = 'auto' | 'on' | 'off';

/** What an editor can do, as far as this server's offers depend on it. Whatever it doesn't say, it can't. */
export interface EditorClient {
  readonly wantsCompletionItems: boolean;
  /** Milliseconds after which a command is answered though its work goes on. */
  readonly commandWait: number;
  readonly hasProgress: boolean;
  readonly hasShowDocument: boolean;
  readonly hasApplyEdit: boolean;
  /** Edits may name the version that they are for. */
  readonly hasDocumentChanges: boolean;
  /** Code actions may be more than commands. */
  readonly hasCodeActions: boolean;
}

/**
 * Emacs waits for a command's answer, and gives up after ten seconds; others wait beside their work, and can cancel
 * as long as they do.
 */
const COMMAND_WAIT_MS = 5000;

/** Reads the client's capabilities, and what its user has set in `initializationOptions` beside the engine's settings. */
export function editorClient(params: InitializeParams): EditorClient {
  const capabilities = (params.capabilities as InitializeParams['capabilities'] | null | undefined) ?? {};
  const { textDocument, workspace, window } = capabilities;
  const options = optionsOf(params.initializationOptions);
  return {
    wantsCompletionItems:
      options.completionItems === 'auto'
        ? textDocument?.inlineCompletion === undefined
        : options.completionItems === 'on',
    commandWait: options.commandWait,
    hasProgress: window?.workDoneProgress === true,
    hasShowDocument: window?.showDocument?.support === true,
    hasApplyEdit: workspace?.applyEdit === true,
    hasDocumentChanges: workspace?.workspaceEdit?.documentChanges === true,
    hasCodeActions: textDocument?.codeAction?.codeActionLiteralSupport !== undefined,
  };
}

function optionsOf(given: unknown): {
  readonly completionItems: CompletionItems;
  readonly commandWait: number;
} {
  const { completionItems, commandWait } = (given ?? {}) as Readonly<Record<string, unknown>>;
  return {
    completionItems: completionItems === 'on' || completionItems === 'off' ? completionItems : 'auto',
    commandWait: typeof commandWait === 'number' && commandWait >= 0 ? commandWait : COMMAND_WAIT_MS,
  };
}
