import {
  CodeActionKind,
  type CodeActionOptions,
  type InitializeParams,
  type ServerCapabilities,
} from 'vscode-languageserver/node';
import { checkedSettings } from '../../engine/lsp/checkedSettings.js';
import type { CreateClientAdapter, ClientAdapter, ServerParts } from '../../engine/lsp/clientAdapter.js';
import { codeActions } from './codeActions.js';
import { COMMANDS } from './commandTarget.js';
import { CompletionItems, TRIGGER_CHARACTERS } from './completionItems.js';
import { editorClient, type EditorClient } from './editorClient.js';
import { EditorCommands } from './editorCommands.js';
import { LoadingProgress } from './loadingProgress.js';
import { Notices } from './notices.js';

/**
 * The door for any editor: what the extension does in VS Code, by LSP's own means. The extension comes in by another
 * one, so nobody is offered a fix twice.
 */
class LspClientAdapter implements ClientAdapter {
  private readonly notices: Notices;
  private readonly loading: LoadingProgress;

  constructor(private readonly parts: ServerParts) {
    this.notices = new Notices(parts.connection);
    this.loading = new LoadingProgress(parts.connection);
    parts.connection.onDidChangeConfiguration(({ settings }) => {
      // `{ youtu: { … } }` as most editors write sections, or the settings themselves.
      const given = settings as { readonly youtu?: unknown } | null | undefined;
      return parts.engine.configure(checkedSettings(given?.youtu ?? given));
    });
  }

  capabilities(params: InitializeParams): Partial<ServerCapabilities> {
    const client = editorClient(params);
    return {
      ...this.commands(client),
      ...(client.wantsCompletionItems ? this.completionItems() : {}),
    };
  }

  onStatus(status: Parameters<ClientAdapter['onStatus']>[0]): void {
    this.loading.onStatus(status);
  }

  /** For whoever measures. */
  onFigures(): Promise<void> {
    return Promise.resolve();
  }

  onCompletionFailed(error: unknown, isInvoked: boolean): void {
    if (isInvoked) this.notices.missingModel(error);
  }

  /** llama.cpp says hundreds of lines while it loads a model: editors keep a log of all servers together. */
  log(level: string, message: string): void {
    if (level === 'fatal' || level === 'error') this.parts.connection.console.error(message.trimEnd());
  }

  private commands(client: EditorClient): Partial<ServerCapabilities> {
    const { connection } = this.parts;
    const commands = new EditorCommands(this.parts, client, this.notices);
    connection.onExecuteCommand((params, token) => commands.execute(params, token));
    connection.onCodeAction((params) => codeActions(params, client));
    const kinds: CodeActionOptions = {
      codeActionKinds: [CodeActionKind.QuickFix, CodeActionKind.RefactorRewrite],
    };
    return {
      executeCommandProvider: { commands: [...COMMANDS] },
      codeActionProvider: client.hasCodeActions ? kinds : true,
    };
  }

  private completionItems(): Partial<ServerCapabilities> {
    const items = new CompletionItems(this.parts);
    this.parts.connection.onCompletion((params, token) => items.complete(params, token));
    return { completionProvider: { triggerCharacters: TRIGGER_CHARACTERS, resolveProvider: false } };
  }
}

export const lspClientAdapter: CreateClientAdapter = (parts) => new LspClientAdapter(parts);
