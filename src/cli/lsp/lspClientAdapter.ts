import {
  CodeActionKind,
  type CodeActionOptions,
  type Connection,
  type InitializeParams,
  type ServerCapabilities,
} from 'vscode-languageserver/node';
import { checkedSettings } from '../../engine/lsp/checkedSettings.js';
import type { CreateClientAdapter, ClientAdapter, ServerParts } from '../../engine/lsp/clientAdapter.js';
import { skippedModels } from '../errors.js';
import { codeActions } from './codeActions.js';
import { COMMANDS } from './commandTarget.js';
import { CompletionItems, TRIGGER_CHARACTERS } from './completionItems.js';
import { editorCapabilities, type EditorCapabilities } from './editorCapabilities.js';
import { EditorCommands } from './editorCommands.js';
import { Notifications } from './notifications.js';
import { LoadingProgress } from './workDoneProgress.js';

/**
 * The adapter for any editor: offers in LSP's standard messages what the extension does in VS Code. The extension uses
 * another adapter, so that VS Code doesn't offer a fix twice.
 */
class LspClientAdapter implements ClientAdapter {
  private readonly notifications: Notifications;
  private readonly loading: LoadingProgress;
  private readonly noteSkipped = skippedModels((sentence) => this.notifications.warn(sentence));

  constructor(private readonly connection: Connection) {
    this.notifications = new Notifications(connection);
    this.loading = new LoadingProgress(connection);
  }

  capabilities(params: InitializeParams, parts: ServerParts): Partial<ServerCapabilities> {
    this.connection.onDidChangeConfiguration(({ settings }) => {
      // Most editors send `{ youtu: { … } }`, some the settings themselves.
      const given = settings as { readonly youtu?: unknown } | null | undefined;
      return parts.engine.configure(checkedSettings(given?.youtu ?? given));
    });
    const client = editorCapabilities(params);
    return {
      ...this.commands(client, parts),
      ...(client.wantsCompletionItems ? this.completionItems(parts) : {}),
    };
  }

  onStatus(status: Parameters<ClientAdapter['onStatus']>[0]): void {
    this.loading.onStatus(status);
    this.noteSkipped(status);
  }

  /** Only benchmarks use them. */
  onStats(): Promise<void> {
    return Promise.resolve();
  }

  onCompletionFailed(error: unknown, isInvoked: boolean): void {
    if (isInvoked) this.notifications.missingModel(error);
  }

  /** Errors only: llama.cpp logs hundreds of lines when it loads a model, and editors keep one log for all servers. */
  log(level: string, message: string): void {
    if (level === 'fatal' || level === 'error') this.connection.console.error(message.trimEnd());
  }

  private commands(client: EditorCapabilities, parts: ServerParts): Partial<ServerCapabilities> {
    const { connection } = this;
    const commands = new EditorCommands(parts, client, this.notifications);
    connection.onExecuteCommand((params, token) => commands.execute(params, token));
    connection.onCodeAction((params) => codeActions(params, client));
    const kinds: CodeActionOptions = {
      codeActionKinds: [CodeActionKind.QuickFix, CodeActionKind.RefactorRewrite, CodeActionKind.Source],
    };
    return {
      executeCommandProvider: { commands: [...COMMANDS] },
      codeActionProvider: client.hasCodeActions ? kinds : true,
    };
  }

  private completionItems(parts: ServerParts): Partial<ServerCapabilities> {
    const items = new CompletionItems(parts);
    this.connection.onCompletion((params, token) => items.complete(params, token));
    return { completionProvider: { triggerCharacters: TRIGGER_CHARACTERS, resolveProvider: false } };
  }
}

export const lspClientAdapter: CreateClientAdapter = (connection) => new LspClientAdapter(connection);
