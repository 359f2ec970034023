import { Worker } from 'node:worker_threads';
import { join, parse } from 'node:path';
import { pathOf } from '../../completion/context/workspace.js';
import type { LineSpan } from '../../language/lines.js';
import { isNotebookCell } from '../../language/notebookCell.js';
import { abortable } from '../../cancellation.js';
import type { CheckerProblem, CheckFile, LanguageChecker } from '../checker.js';
import type { TypescriptAnswer, TypescriptRequest } from './typescriptMessages.js';

export interface TypescriptOptions {
  /** Where the library may be for a file, the best first. */
  readonly libraries: (uri: string) => Promise<readonly string[]>;
  /** The bundled thread. */
  readonly thread?: URL;
  /** For one check; the first one of a project reads all that it imports. */
  readonly maxMs?: number;
  readonly maxMemoryMb?: number;
  /** After so long without a check the memory is freed. */
  readonly idleMs?: number;
  /** Milliseconds. */
  readonly now?: () => number;
}

const ENDINGS: Readonly<Record<string, string>> = {
  typescript: '.ts',
  typescriptreact: '.tsx',
  javascript: '.js',
  javascriptreact: '.jsx',
  // Its scripts.
  html: '.js',
};
const MAX_FAILURES = 2;
/** A project that is too large stays too large. */
const PAUSE_MS = 300_000;

const DEFAULTS = {
  thread: new URL('./typescriptWorker.mjs', import.meta.url),
  maxMs: 20_000,
  maxMemoryMb: 1024,
  idleMs: 300_000,
  now: Date.now,
};

/** TypeScript and JavaScript by the library of the project, the editor or the machine. */
export class TypescriptChecker implements LanguageChecker {
  readonly name = 'typescript';
  readonly languageIds = Object.keys(ENDINGS);
  readonly needsTrust = true;
  private readonly options: Required<TypescriptOptions>;
  private thread: TypescriptThread | undefined;
  /** Checks have turns: the thread does one at a time. */
  private last: Promise<unknown> = Promise.resolve();
  private failures = 0;
  private pausedUntil = 0;

  constructor(options: TypescriptOptions) {
    this.options = { ...DEFAULTS, ...options };
  }

  async isAvailable({ uri }: CheckFile): Promise<boolean> {
    return (await this.options.libraries(uri)).length > 0;
  }

  async check(file: CheckFile, signal: AbortSignal): Promise<readonly CheckerProblem[] | undefined> {
    return (await this.inTurn(file, signal))?.problems;
  }

  async fixes(file: CheckFile, lines: LineSpan, signal: AbortSignal): Promise<readonly string[]> {
    // Of a page only the scripts are checked.
    return file.languageId === 'html' ? [] : ((await this.inTurn(file, signal, lines))?.fixes ?? []);
  }

  private async inTurn(
    file: CheckFile,
    signal: AbortSignal,
    fixesFor?: LineSpan,
  ): Promise<TypescriptAnswer | undefined> {
    const libraries = await this.options.libraries(file.uri);
    signal.throwIfAborted();
    if (libraries.length === 0 || this.options.now() < this.pausedUntil) return undefined;
    const turn = this.last.then(() => (signal.aborted ? undefined : this.run(libraries, file, fixesFor)));
    this.last = turn.catch(() => undefined);
    // An aborted check continues: what it has read is there for the next one.
    return abortable(turn, signal);
  }

  private async run(
    libraries: readonly string[],
    file: CheckFile,
    fixesFor: LineSpan | undefined,
  ): Promise<TypescriptAnswer | undefined> {
    const isPage = file.languageId === 'html';
    const text = isPage ? await scriptsOf(file.text) : file.text;
    const path = pathOf(file.uri) ?? untitledPath(file.languageId);
    if (this.thread?.isOver !== false) this.thread = new TypescriptThread(this.options);
    const answer = await this.thread.ask({
      libraries,
      path: isPage ? `${path}.js` : path,
      text,
      isFragment: isPage || isNotebookCell(file.uri),
      ...(fixesFor === undefined ? {} : { fixesFor }),
    });
    if (answer !== undefined) {
      this.failures = 0;
      return answer;
    }
    if (++this.failures >= MAX_FAILURES) {
      this.failures = 0;
      this.pausedUntil = this.options.now() + PAUSE_MS;
    }
    return undefined;
  }
}

async function scriptsOf(text: string): Promise<string> {
  return (await import('../services/html.js')).scriptsOf(text);
}

/** In a folder that isn't there, so that no configuration is found. */
function untitledPath(languageId: string): string {
  return join(parse(process.execPath).root, 'youtu-untitled', `text${ENDINGS[languageId] ?? '.ts'}`);
}

/** A worker until it fails. */
class TypescriptThread {
  isOver = false;
  private readonly worker: Worker;
  private count = 0;
  private idle: NodeJS.Timeout | undefined;

  constructor(private readonly options: Required<TypescriptOptions>) {
    this.worker = new Worker(options.thread, {
      env: {},
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: options.maxMemoryMb },
    });
    this.worker.unref();
    // Each question learns of its end by itself.
    this.worker.on('error', () => undefined);
    this.worker.once('exit', () => {
      this.isOver = true;
    });
  }

  /** @returns `undefined` when it took too long, or too much memory: the thread is over then */
  async ask(question: Omit<TypescriptRequest, 'id'>): Promise<TypescriptAnswer | undefined> {
    const { worker } = this;
    const id = ++this.count;
    clearTimeout(this.idle);
    worker.ref();
    const answer = await new Promise<TypescriptAnswer | undefined>((resolve) => {
      const end = (result: TypescriptAnswer | undefined): void => {
        clearTimeout(timer);
        worker.off('message', onMessage);
        worker.off('exit', onExit);
        resolve(result);
      };
      const onMessage = (message: TypescriptAnswer): void => {
        if (message.id === id) end(message);
      };
      const onExit = (): void => end(undefined);
      const timer = setTimeout(onExit, this.options.maxMs);
      worker.on('message', onMessage);
      worker.once('exit', onExit);
      worker.postMessage({ ...question, id });
    });
    worker.unref();
    if (answer === undefined) await this.end();
    else this.idle = setTimeout(() => void this.end(), this.options.idleMs).unref();
    return answer;
  }

  private async end(): Promise<void> {
    this.isOver = true;
    await this.worker.terminate();
  }
}
