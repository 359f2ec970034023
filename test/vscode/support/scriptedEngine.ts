import * as vscode from 'vscode';
import type { NotificationType, ProgressType, RequestType, RequestType0 } from 'vscode-jsonrpc';
import type { InlineCompletionItem } from 'vscode-languageserver-protocol';
import type { CompletionParams } from '../../../src/protocol/completion.js';
import type { EngineErrorData } from '../../../src/protocol/errors.js';
import type { EngineClient, EngineState } from '../../../src/extension/engine/engineClient.js';

type Answer = readonly InlineCompletionItem[] | null;

/** A fake engine for tests of the extension: answers completions by a script, and records notifications. */
export class ScriptedEngine implements EngineClient {
  readonly requests: { readonly params: CompletionParams; isCancelled: boolean }[] = [];
  /** Methods of the requests without parameters. */
  readonly queries: string[] = [];
  readonly notifications: { readonly method: string; readonly params: unknown }[] = [];
  readonly state: EngineState = { kind: 'running', status: { kind: 'idle' } };
  readonly onDidChangeState = new vscode.EventEmitter<EngineState>().event;
  private readonly started = new vscode.EventEmitter<void>();
  readonly onDidStart = this.started.event;
  private readonly responses = new Map<string, (params: never) => unknown>();
  private readonly handlers = new Map<string, (params: never) => void>();
  private readonly progress = new Map<string | number, (value: never) => void>();

  /** @param answer called with the request and its 1-based index */
  constructor(
    private readonly answer: (params: CompletionParams, count: number) => Promise<Answer> | Answer,
  ) {}

  async request<P, R>(
    type: RequestType<P, R, EngineErrorData>,
    params: P,
    token: vscode.CancellationToken,
  ): Promise<R> {
    const request = { params: params as CompletionParams, isCancelled: false };
    this.requests.push(request);
    const cancelled = new Promise<never>((_resolve, reject) => {
      token.onCancellationRequested(() => {
        request.isCancelled = true;
        reject(new vscode.CancellationError());
      });
    });
    const respond = this.responses.get(type.method);
    const answer: unknown =
      respond === undefined ? this.answer(request.params, this.requests.length) : respond(params as never);
    return (await Promise.race([Promise.resolve(answer), cancelled])) as R;
  }

  async query<R>(type: RequestType0<R, EngineErrorData>): Promise<R> {
    this.queries.push(type.method);
    const respond = this.responses.get(type.method);
    if (respond === undefined) throw new Error('not in the script');
    return (await respond(undefined as never)) as R;
  }

  notify<P>(type: NotificationType<P>, params: P): void {
    this.notifications.push({ method: type.method, params });
  }

  onNotification<P>(type: NotificationType<P>, handler: (params: P) => void): vscode.Disposable {
    this.handlers.set(type.method, handler);
    return new vscode.Disposable(() => this.handlers.delete(type.method));
  }

  onProgress<T>(_type: ProgressType<T>, token: string, handler: (value: T) => void): vscode.Disposable {
    this.progress.set(token, handler);
    return new vscode.Disposable(() => this.progress.delete(token));
  }

  /** Sends progress of a request. */
  report<T>(_type: ProgressType<T>, token: string | number, value: T): void {
    this.progress.get(token)?.(value as never);
  }

  /** Answers all requests of a type without parameters. */
  respondTo<R>(type: RequestType0<R, EngineErrorData>, respond: () => R | Promise<R>): void {
    this.responses.set(type.method, respond);
  }

  /** Answers all requests of a type. */
  respond<P, R>(type: RequestType<P, R, EngineErrorData>, respond: (params: P) => R | Promise<R>): void {
    this.responses.set(type.method, respond);
  }

  /** Simulates a restart of the engine process. */
  restart(): void {
    this.notifications.length = 0;
    this.started.fire();
  }

  /** Sends a notification from the engine. */
  send<P>(type: NotificationType<P>, params: P): void {
    this.handlers.get(type.method)?.(params as never);
  }
}

/** Ghost text at the request's position, after the selected item. */
export function ghost(params: CompletionParams, text: string): InlineCompletionItem {
  const { selectedCompletionInfo: selected } = params.context;
  const range = selected?.range ?? { start: params.position, end: params.position };
  return { insertText: (selected?.text ?? '') + text, range };
}
