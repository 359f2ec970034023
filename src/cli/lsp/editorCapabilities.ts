import type { InitializeParams } from 'vscode-languageserver/node';

/** Whether the suggestion list has the ghost text as an item; `auto`: in editors without ghost text. */
type CompletionItems = 'auto' | 'on' | 'off';

/** The capabilities of the client that this server's offers depend on. */
export interface EditorCapabilities {
  readonly wantsCompletionItems: boolean;
  /** After this time a command is answered although its work continues. */
  readonly commandWaitMs: number;
  readonly hasProgress: boolean;
  readonly hasShowDocument: boolean;
  readonly hasApplyEdit: boolean;
  /** Edits may name the version that they are for. */
  readonly hasDocumentChanges: boolean;
  /** Code actions may be more than commands. */
  readonly hasCodeActions: boolean;
}

/** Emacs blocks until a command is answered and gives up after ten seconds. Others wait in the background. */
const DEFAULT_COMMAND_WAIT_MS = 5000;

/** Reads the client's capabilities and, from `initializationOptions`, `completionItems` and `commandWait`. */
export function editorCapabilities(params: InitializeParams): EditorCapabilities {
  const capabilities = (params.capabilities as InitializeParams['capabilities'] | null | undefined) ?? {};
  const { textDocument, workspace, window } = capabilities;
  const options = optionsOf(params.initializationOptions);
  return {
    wantsCompletionItems:
      options.completionItems === 'auto'
        ? textDocument?.inlineCompletion === undefined
        : options.completionItems === 'on',
    commandWaitMs: options.commandWait,
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
    commandWait: typeof commandWait === 'number' && commandWait >= 0 ? commandWait : DEFAULT_COMMAND_WAIT_MS,
  };
}
