import { createHash } from 'node:crypto';
import { abortable } from '../cancellation.js';
import type { LineSpan } from '../language/lines.js';
import type { CheckerProblem, CheckFile, LanguageChecker } from './checker.js';

/** Longer texts are generated, and a check of one would take the time of a hundred others. */
const MAX_TEXT_LENGTH = 1_000_000;
/** Checks at a time, so that a model that is writing keeps most of the machine. */
const MAX_RUNNING = 2;
/** A fix checks one text before and some candidates after. */
const MAX_KNOWN = 24;
/** Other files of the project, which a verdict may depend on, change meanwhile. */
const MAX_AGE_MS = 60_000;

/** What one checker says about a text. A language without any checker has no reports. */
export type CheckReport =
  | { readonly kind: 'checked'; readonly by: string; readonly problems: readonly CheckerProblem[] }
  /** `failed`: its tool gave no verdict. `untrusted`: it would have to start or load something. */
  | { readonly kind: 'failed' | 'untrusted'; readonly by: string };

interface KnownProblems {
  readonly at: number;
  readonly problems: readonly CheckerProblem[];
}

/** Asks the checkers that there are for a text's language. */
export class Checkers {
  private readonly known = new Map<string, KnownProblems>();
  private readonly waiting: (() => void)[] = [];
  private running = 0;

  constructor(
    private readonly checkers: readonly LanguageChecker[],
    /** Milliseconds. */
    private readonly now: () => number = Date.now,
  ) {}

  /**
   * @param isTrusted the user trusts the workspace that the text belongs to
   * @throws the signal's reason when aborted
   */
  async check(file: CheckFile, isTrusted: boolean, signal: AbortSignal): Promise<readonly CheckReport[]> {
    const own = await this.availableFor(file, signal);
    return Promise.all(own.map((checker) => this.report(checker, file, isTrusted, signal)));
  }

  /**
   * What the tools themselves would change about the errors of some lines: whole texts, to be checked by the caller.
   * @throws the signal's reason when aborted
   */
  async fixes(
    file: CheckFile,
    lines: LineSpan,
    isTrusted: boolean,
    signal: AbortSignal,
  ): Promise<readonly string[]> {
    if (!isReadable(file)) return [];
    const all: string[] = [];
    for (const checker of await this.availableFor(file, signal))
      if (isTrusted || !checker.needsTrust)
        all.push(...((await this.inTurn(signal, async () => checker.fixes?.(file, lines, signal))) ?? []));
    return [...new Set(all)];
  }

  private async availableFor(file: CheckFile, signal: AbortSignal): Promise<readonly LanguageChecker[]> {
    const own = this.checkers.filter(({ languageIds }) => languageIds.includes(file.languageId));
    const available = await Promise.all(own.map((checker) => checker.isAvailable(file)));
    signal.throwIfAborted();
    return own.filter((_, index) => available[index]);
  }

  private async report(
    checker: LanguageChecker,
    file: CheckFile,
    isTrusted: boolean,
    signal: AbortSignal,
  ): Promise<CheckReport> {
    const { name: by } = checker;
    if (checker.needsTrust && !isTrusted) return { kind: 'untrusted', by };
    if (!isReadable(file)) return { kind: 'failed', by };
    const key = keyOf(by, file);
    const known = this.known.get(key);
    if (known !== undefined && this.now() - known.at < MAX_AGE_MS)
      return { kind: 'checked', by, problems: known.problems };
    const problems = await this.inTurn(signal, () => checker.check(file, signal));
    if (problems === undefined) return { kind: 'failed', by };
    this.remember(key, problems);
    return { kind: 'checked', by, problems };
  }

  private async inTurn<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    while (this.running >= MAX_RUNNING)
      await abortable(new Promise<void>((resolve) => this.waiting.push(resolve)), signal);
    this.running++;
    try {
      signal.throwIfAborted();
      return await work();
    } finally {
      this.running--;
      // All of them look again: some may have been aborted.
      for (const wake of this.waiting.splice(0)) wake();
    }
  }

  private remember(key: string, problems: readonly CheckerProblem[]): void {
    this.known.delete(key);
    this.known.set(key, { at: this.now(), problems });
    const [oldest] = this.known.keys();
    if (this.known.size > MAX_KNOWN && oldest !== undefined) this.known.delete(oldest);
  }
}

/** A null character ends the text for tools written in C. */
function isReadable({ text }: CheckFile): boolean {
  return text.length <= MAX_TEXT_LENGTH && !text.includes('\0');
}

function keyOf(by: string, { uri, languageId, text }: CheckFile): string {
  return createHash('sha256')
    .update(JSON.stringify([by, uri, languageId, text]))
    .digest('base64');
}
