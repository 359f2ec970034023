import { createHash } from 'node:crypto';

/** The setting `youtu.chat.systemPrompt`, by where it comes from. */
export interface PromptSetting {
  /** From a file of the workspace; `undefined` where it has none. */
  readonly workspace: string | undefined;
  /** The user's own, or the default. */
  readonly user: string;
  readonly isTrusted: boolean;
}

export type PromptDecision = 'use' | 'ignore';

interface WorkspacePromptDeps {
  readonly read: () => PromptSetting;
  /** The user's decisions so far, by the text's hash. */
  readonly decisions: {
    get(): Readonly<Record<string, PromptDecision>>;
    update(decisions: Readonly<Record<string, PromptDecision>>): PromiseLike<void>;
  };
  /** Shows the text to the user. Resolves to `undefined` when the user doesn't decide. */
  readonly ask: (text: string) => PromiseLike<PromptDecision | undefined>;
  readonly onDidDecide: () => void;
}

/** A longer text wouldn't fit into a dialog: its end would be out of sight. */
const MAX_SHOWN = { lines: 20, characters: 1200 };

/** The part of a text that a dialog shows. */
export function promptExcerpt(text: string): { readonly shown: string; readonly isCut: boolean } {
  const lines = text.split(/\r\n|[\r\n]/);
  const shown = lines.slice(0, MAX_SHOWN.lines).join('\n').slice(0, MAX_SHOWN.characters);
  return { shown, isCut: shown !== lines.join('\n') };
}

/**
 * The chat's system prompt. A text that a workspace brings may come from anybody, and tells the model what to do: it is
 * used only in a trusted workspace, and only once the user has seen it. Each text is shown once.
 */
export class WorkspacePrompt {
  private asking: Promise<void> | undefined;

  constructor(private readonly deps: WorkspacePromptDeps) {}

  /** What the engine may use now. */
  get current(): string {
    const { workspace, user, isTrusted } = this.deps.read();
    // A workspace may do without one.
    if (isTrusted && workspace?.trim() === '') return workspace;
    const text = this.untrustedText();
    return text !== undefined && this.decisionOn(text) === 'use' ? text : user;
  }

  /** Before a question is answered: shows the workspace's text, unless the user has decided about it before. */
  async confirm(): Promise<void> {
    const text = this.untrustedText();
    if (text === undefined || this.decisionOn(text) !== undefined) return;
    // Two questions at once, as by Explain and the chat, are one dialog.
    this.asking ??= this.ask(text).finally(() => (this.asking = undefined));
    await this.asking;
  }

  private async ask(text: string): Promise<void> {
    const decision = await this.deps.ask(text);
    if (decision === undefined) return;
    await this.deps.decisions.update({ ...this.deps.decisions.get(), [hashOf(text)]: decision });
    this.deps.onDidDecide();
  }

  /** A text of the workspace that could be used and isn't the user's own anyway. */
  private untrustedText(): string | undefined {
    const { workspace, user, isTrusted } = this.deps.read();
    return isTrusted && workspace !== undefined && workspace !== user && workspace.trim() !== ''
      ? workspace
      : undefined;
  }

  private decisionOn(text: string): PromptDecision | undefined {
    return this.deps.decisions.get()[hashOf(text)];
  }
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
