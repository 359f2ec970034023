import { createHash } from 'node:crypto';
import * as vscode from 'vscode';
import { EditorContextNotification } from '../../protocol/completion.js';
import { Disposables } from '../disposables.js';
import type { EngineClient } from '../engine/engineClient.js';
import type { CompletionGate } from './completionGate.js';
import { copiedCode } from './copiedCode.js';

/** Who has copied code and not used it by then has forgotten it. */
const FRESH_MS = 5 * 60_000;

/**
 * Tells the engine of code that was just copied: it is often about to be used, or to be adapted.
 *
 * A clipboard holds passwords too, so as little as possible of it is looked at, and less is passed on:
 * - It is read when the window gets the focus and when another editor comes to the front, in files where ghost text is
 *   on, while the engine runs. VS Code doesn't tell of a copy, and nothing here runs by the clock.
 * - What was there at the first look stays unused: nobody knows how old it is.
 * - Only what `copiedCode` takes for code is passed on, to the engine's process on this machine, and taken back after
 *   five minutes or when something else is copied. It is never written to a file or to the log, and of all the rest
 *   not even a copy is kept.
 * - Not in a browser, where VS Code would have to ask the user for permission.
 */
export class ClipboardReports extends Disposables {
  /** The fingerprint of what was there last. */
  private last: string | undefined;
  /** What the engine was told, as long as it may use it. */
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
        if (focused) void this.look();
      }),
    );
    this.own(vscode.window.onDidChangeActiveTextEditor(() => void this.look()));
    this.own(
      engine.onDidStart(() => {
        if (this.last === undefined) void this.look();
      }),
    );
  }

  /** Reads the clipboard, if that is wanted here, and passes on what is new. */
  async look(): Promise<void> {
    const { document } = vscode.window.activeTextEditor ?? {};
    if (document === undefined || this.engine.state.kind !== 'running') return;
    if (this.gate.stateOf(document) !== 'open') return;
    const text = await this.readClipboard();
    const fingerprint = createHash('sha256').update(text).digest('base64');
    const isFirst = this.last === undefined;
    if (fingerprint === this.last) return;
    this.last = fingerprint;
    if (!isFirst) this.tell(copiedCode(text));
  }

  private tell(code: string | undefined): void {
    clearTimeout(this.timer);
    if (code === undefined && this.passedOn === undefined) return;
    this.passedOn = code;
    this.send(code ?? '');
    if (code !== undefined) this.timer = setTimeout(() => this.tell(undefined), FRESH_MS);
  }

  private send(clipboard: string): void {
    this.engine.notify(EditorContextNotification, { clipboard });
  }
}
