import { createHash } from 'node:crypto';
import * as vscode from 'vscode';
import { EditorContextNotification } from '../../protocol/completion.js';
import { Disposables } from '../disposables.js';
import type { EngineClient } from '../engine/engineClient.js';
import type { CompletionGate } from './completionGate.js';
import { copiedCode } from './copiedCode.js';

/** After this time, copied code is no longer likely to be used. */
const FRESH_MS = 5 * 60_000;

/**
 * Sends code that was just copied to the engine: it is often about to be used or adapted.
 *
 * A clipboard may hold passwords, so it is read as rarely as possible, and little of it is passed on:
 * - It is read when the window gets the focus and when another editor becomes active, in files where ghost text is on,
 *   while the engine is running. VS Code has no event for copying, and there is no polling.
 * - The content of the first read is not used, because its age is unknown.
 * - Only what `copiedCode` recognises as code is sent, to the engine's process on this machine, and withdrawn after five
 *   minutes or when something else is copied. It is never written to a file or to the log. Of everything else only a
 *   hash is kept.
 * - It is not read in a browser, where VS Code would have to ask the user for permission.
 */
export class ClipboardReports extends Disposables {
  /** SHA-256 of the content at the last read. */
  private last: string | undefined;
  /** The code that was sent, until it is withdrawn. */
  private passedOn: string | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly engine: EngineClient,
    private readonly gate: CompletionGate,
    private readonly readClipboard: () => Thenable<string> = () => vscode.env.clipboard.readText(),
  ) {
    super();
    this.own(new vscode.Disposable(() => clearTimeout(this.timer)));
    this.own(
      engine.onDidStart(() => {
        if (this.passedOn !== undefined) this.send(this.passedOn);
      }),
    );
    if (vscode.env.uiKind === vscode.UIKind.Web) return;
    this.own(
      vscode.window.onDidChangeWindowState(({ focused }) => {
        if (focused) void this.read();
      }),
    );
    this.own(vscode.window.onDidChangeActiveTextEditor(() => void this.read()));
    this.own(
      engine.onDidStart(() => {
        if (this.last === undefined) void this.read();
      }),
    );
  }

  /** Reads the clipboard if the gate allows it, and sends new code. */
  async read(): Promise<void> {
    const { document } = vscode.window.activeTextEditor ?? {};
    if (document === undefined || this.engine.state.kind !== 'running') return;
    if (this.gate.stateOf(document) !== 'open') return;
    const text = await this.readClipboard();
    const fingerprint = createHash('sha256').update(text).digest('base64');
    const isFirst = this.last === undefined;
    if (fingerprint === this.last) return;
    this.last = fingerprint;
    if (!isFirst) this.report(copiedCode(text));
  }

  private report(code: string | undefined): void {
    clearTimeout(this.timer);
    if (code === undefined && this.passedOn === undefined) return;
    this.passedOn = code;
    this.send(code ?? '');
    if (code !== undefined) this.timer = setTimeout(() => this.report(undefined), FRESH_MS);
  }

  private send(clipboard: string): void {
    this.engine.notify(EditorContextNotification, { clipboard });
  }
}
