import { ShowDocumentRequest } from 'vscode-languageserver/node';
import { impossible, sourceOf } from '../../engine/edit/editTask.js';
import { fenceFor } from '../../engine/edit/fix/fixPrompt.js';
import { languageOf } from '../../engine/language/languageOf.js';
import { textsIn } from '../../engine/language/lines.js';
import { findRegion } from '../../engine/edit/fix/region.js';
import type { ServerParts } from '../../engine/lsp/clientAdapter.js';
import { messageOf } from './codeActions.js';
import type { CommandTarget } from './commandTarget.js';
import type { EditorClient } from './editorClient.js';
import type { EditorProgress } from './editorProgress.js';
import { ExplanationFiles } from './explanationFiles.js';
import type { Notices } from './notices.js';

/** An explanation is a page, not a book. */
const MAX_TOKENS = 700;

/**
 * `youtu.explain`. The answer is Markdown of some twenty lines with code. A message can't hold that: Helix and Emacs
 * show one in a line at the bottom, Neovim has it confirmed and forgets it. So it is opened as a file, beside the code
 * and without taking the focus, where the editor can (Neovim, Helix, Emacs 30, Sublime Text, VS Code), and told as a
 * message elsewhere.
 */
export class ExplainCommand {
  private readonly files = new ExplanationFiles();

  constructor(
    private readonly parts: Pick<ServerParts, 'connection' | 'documents' | 'engine'>,
    private readonly client: EditorClient,
    private readonly notices: Notices,
  ) {}

  /** @throws EngineError; the signal's reason when aborted */
  async run(target: CommandTarget, progress: EditorProgress, signal: AbortSignal): Promise<void> {
    const { documents, engine } = this.parts;
    const document = documents.get(target.uri);
    if (document === undefined) throw impossible('noDocument');
    const source = sourceOf(document);
    const span = findRegion(source.lines, target);
    if (span === undefined) throw impossible('emptyRegion');
    const code = textsIn(source.lines, span).join('\n');
    const content = question(code, source.languageId, span.start, target);
    let text = '';
    const { text: answer } = await engine.chat.answer(
      { messages: [{ role: 'user', content }], maxTokens: MAX_TOKENS, progressToken: '' },
      signal,
      (each) => {
        if (each.kind !== 'text') return;
        text += each.text;
        progress.report(`${text.split(/\s+/).length} words`);
      },
    );
    signal.throwIfAborted();
    const title = `${nameOf(target.uri)}, line ${target.range.start.line + 1}`;
    await this.show(title, answer);
  }

  private async show(title: string, answer: string): Promise<void> {
    if (this.client.hasShowDocument) {
      const uri = await this.files.write(`# ${title}\n\n${answer.trim()}\n`).catch(() => undefined);
      const shown =
        uri === undefined
          ? undefined
          : await this.parts.connection
              .sendRequest(ShowDocumentRequest.type, { uri, takeFocus: false })
              .catch(() => undefined);
      if (shown?.success === true) return;
    }
    this.notices.info(`${title}\n\n${answer.trim()}`);
  }
}

/** Code first, question last: a small model keeps to what it has read last. */
function question(
  code: string,
  languageId: string,
  firstLine: number,
  { diagnostics }: CommandTarget,
): string {
  const fence = fenceFor(code);
  const lines = code.split('\n');
  const problems = diagnostics.map((diagnostic) => {
    const line = lines[diagnostic.range.start.line - firstLine]?.trim();
    return `${line === undefined ? '' : `In \`${line}\`: `}${messageOf(diagnostic)}`;
  });
  const asked =
    problems.length > 0 ? 'What does this problem mean, and how do I fix it?' : 'Explain this code.';
  return [`${fence}${languageOf(languageId).fence}\n${code}\n${fence}`, ...problems, asked].join('\n\n');
}

function nameOf(uri: string): string {
  const name = uri.split('/').at(-1) ?? uri;
  try {
    return decodeURIComponent(name);
  } catch {
    // A percent sign that stands for itself.
    return name;
  }
}
