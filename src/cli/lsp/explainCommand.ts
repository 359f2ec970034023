import { rmSync } from 'node:fs';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ShowDocumentRequest } from 'vscode-languageserver/node';
import { impossible, sourceOf } from '../../engine/edit/editTask.js';
import { fenceFor } from '../../engine/edit/fix/fixPrompt.js';
import { languageOf } from '../../engine/language/languageOf.js';
import { textsIn } from '../../engine/language/lines.js';
import { findRegion } from '../../engine/edit/fix/region.js';
import type { ServerParts } from '../../engine/lsp/clientAdapter.js';
import { messageOf, type CommandTarget } from './commandTarget.js';
import type { EditorCapabilities } from './editorCapabilities.js';
import type { Notifications } from './notifications.js';
import type { WorkDoneProgress } from './workDoneProgress.js';

/** About a page. */
const MAX_TOKENS = 700;

/**
 * `youtu.explain`. The answer is Markdown of some twenty lines with code, too long for a message: Helix and Emacs show one
 * in a single line, Neovim forgets it once it is confirmed. So it is opened as a file, beside the code and without focus,
 * in editors that support that (Neovim, Helix, Emacs 30, Sublime Text, VS Code), and shown as a message in others.
 */
export class ExplainCommand {
  private readonly files = new ExplanationFiles();

  constructor(
    private readonly parts: Pick<ServerParts, 'connection' | 'documents' | 'engine'>,
    private readonly client: EditorCapabilities,
    private readonly notifications: Notifications,
  ) {}

  /** @throws EngineError; the signal's reason when aborted */
  async run(target: CommandTarget, progress: WorkDoneProgress, signal: AbortSignal): Promise<void> {
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
    this.notifications.info(`${title}\n\n${answer.trim()}`);
  }
}

/** The question comes last: a small model follows best what it has read last. */
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
    // The percent sign is part of the name.
    return name;
  }
}

/**
 * Markdown files for editors to open, in a folder that only this user can read and that is deleted when the process ends.
 * Each explanation gets a new one, since the editor may still show the others.
 */
class ExplanationFiles {
  private folder: Promise<string> | undefined;
  private count = 0;

  /** @returns the file's URI */
  async write(text: string): Promise<string> {
    this.folder ??= this.makeFolder();
    const path = join(await this.folder, `explanation-${++this.count}.md`);
    await writeFile(path, text);
    return pathToFileURL(path).href;
  }

  private async makeFolder(): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), 'youtu-'));
    process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
    return folder;
  }
}
