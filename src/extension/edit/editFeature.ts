import * as vscode from 'vscode';
import type { FeatureCommands } from '../commands.js';
import { Disposables } from '../disposables.js';
import type { EngineClient } from '../engine/engineClient.js';
import { CodeActions } from './codeActions.js';
import type { EditCommands } from './editCommands.js';
import type { ExplainTarget } from './explainCode.js';

/** Fix, Document, Explain and Edit, from the light bulb, the menus and the palette. */
export class EditFeature extends Disposables {
  private loaded: Promise<EditCommands> | undefined;

  readonly commands: FeatureCommands<
    | 'youtu.fix'
    | 'youtu.fixAll'
    | 'youtu.document'
    | 'youtu.documentAll'
    | 'youtu.writeTests'
    | 'youtu.explain'
    | 'youtu.edit'
    | 'youtu.edit.refine'
    | 'youtu.edit.accept'
    | 'youtu.edit.reject'
    | 'youtu.edit.acceptHunk'
    | 'youtu.edit.rejectHunk'
  > = {
    'youtu.fix': async (argument) => (await this.load()).edit('fix', argument),
    'youtu.fixAll': async () => (await this.load()).fixAll(),
    'youtu.document': async (argument) => (await this.load()).edit('document', argument),
    'youtu.documentAll': async () => (await this.load()).documentAll(),
    'youtu.writeTests': async (argument) => (await this.load()).writeTests(argument),
    'youtu.explain': async (argument) => (await this.load()).explain(argument),
    'youtu.edit': async (argument) => (await this.load()).instruct.edit(argument),
    'youtu.edit.refine': async (argument) => (await this.load()).instruct.refine(argument),
    'youtu.edit.accept': async () => (await this.load()).review.accept(),
    'youtu.edit.reject': async () => (await this.load()).review.reject(),
    'youtu.edit.acceptHunk': async (line) => (await this.load()).review.acceptHunk(lineOf(line)),
    'youtu.edit.rejectHunk': async (line) => (await this.load()).review.rejectHunk(lineOf(line)),
  };

  constructor(
    private readonly engine: EngineClient,
    private readonly log: vscode.LogOutputChannel,
    private readonly chat: ExplainTarget,
    private readonly state: vscode.Memento,
  ) {
    super();
    this.own(new CodeActions());
    this.own(new vscode.Disposable(() => void this.loaded?.then((each) => each.dispose())));
  }

  /** Only once they are used: activation is to load little code. */
  private load(): Promise<EditCommands> {
    return (this.loaded ??= import('./editCommands.js').then(
      ({ EditCommands }) => new EditCommands(this.engine, this.log, this.chat, this.state),
    ));
  }
}

/** The hover of a change passes its line; a key or a menu something else. */
function lineOf(argument: unknown): number | undefined {
  return typeof argument === 'number' ? argument : undefined;
}
