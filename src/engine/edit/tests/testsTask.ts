import type { EditVerdict } from '../../../protocol/editVerdict.js';
import { codeOnly } from '../../language/codeOnly.js';
import { isRunaway } from '../../decoding/loopDetector.js';
import { languageOf } from '../../language/languageOf.js';
import { isBlank } from '../../language/lines.js';
import { syntaxErrors } from '../../syntax/syntaxErrors.js';
import type { AnswerWriter } from '../answerWriter.js';
import { CheckerCheck } from '../check/checkerCheck.js';
import type { CheckedDocument } from '../check/check.js';
import { EditCheck } from '../check/editCheck.js';
import { NameCheck } from '../check/nameCheck.js';
import { ShapeCheck } from '../check/shapeCheck.js';
import { impossible, type ReportEdit } from '../editTask.js';
import { candidateOf, type Candidate } from '../fix/candidates/candidate.js';
import type { Attempt } from '../fix/candidates/regionRewrite.js';
import type { FailedAttempt } from '../fix/fixPrompt.js';
import type { FixChecks } from '../fix/fixTask.js';
import { repair, type RepairSteps } from '../fix/repairLoop.js';
import { SyntaxKept } from '../instruct/syntaxKept.js';
import { withTests } from './assemble.js';
import { firstTests } from './firstTests.js';
import type { FrameworkId } from './framework.js';
import { TestCheck } from './testCheck.js';
import type { TestFrame } from './testFrame.js';
import { checkersThatKnow } from './testCheckers.js';
import { testPrompt } from './testPrompt.js';
import { subjectName, type TestSubject } from './testSubject.js';

const MAX_TOKENS = 480;
/** An answer that was cut off loses these many lines at most until it is whole again. */
const MAX_LOST_LINES = 40;
const NOT_CHECKED = { start: -1, end: -1 };

export interface TestsInput {
  readonly languageId: string;
  readonly framework: FrameworkId;
  readonly subject: TestSubject;
  readonly frame: TestFrame;
  /** Of the test file. */
  readonly uri: string;
  /** Its text; `undefined` for a new one. */
  readonly text: string | undefined;
  readonly isTrusted: boolean;
  readonly ran?: FailedAttempt;
}

export interface WrittenTestFile {
  /** The whole text of the test file. */
  readonly text: string;
  /** The tests alone, with what is around them. */
  readonly tests: string;
  readonly verdict: EditVerdict;
}

/** Writes the tests into the fixed parts of a test file, and checks the file. */
export class TestsTask {
  /** The test file with a test that tests nothing: what is wrong with it has nothing to do with the model's tests. */
  private readonly baseline: string;
  private readonly check: EditCheck;
  /** By the text of the test file: the tests alone, and with what is around them. */
  private readonly written = new Map<string, { readonly tests: string; readonly shown: string }>();

  constructor(
    private readonly input: TestsInput,
    private readonly checks: FixChecks,
  ) {
    const { languageId, frame, uri, text, isTrusted, subject } = input;
    const { syntax, checkers } = checks;
    this.baseline = withTests(frame, text, frame.empty, languageId);
    const imports = frame.imports.map(({ line }) => line).join('\n');
    const document: CheckedDocument = { languageId, text: this.baseline, target: NOT_CHECKED, messages: [] };
    const said = `${frame.globals}\n${imports}`;
    this.check = new EditCheck([
      new TestCheck(
        languageId,
        subject.name,
        frame.assertion,
        ({ document: whole }) => this.written.get(whole)?.tests ?? '',
      ),
      ...(syntax === undefined
        ? []
        : [new SyntaxKept(syntax, document, keep), new NameCheck(syntax, document, keep, said)]),
      new ShapeCheck(document, true),
      ...(checkers === undefined
        ? []
        : [
            new CheckerCheck(
              checkersThatKnow(checkers, this.baseline),
              document,
              { uri, isTrusted },
              undefined,
            ),
          ]),
    ]);
  }

  /** @throws EngineError `regionTooLong`, `noChange`, `noFix`; the signal's reason when aborted */
  async write(writer: AnswerWriter, report: ReportEdit): Promise<WrittenTestFile> {
    const steps: RepairSteps = {
      check: this.check,
      signal: writer.signal,
      onCandidate: (origin, round) => report({ kind: 'candidate', origin, round }),
      onCheck: () => report({ kind: 'check' }),
    };
    const draft = (text: string): void => report({ kind: 'draft', text });
    const { candidate, verdict } = await repair(
      (attempt) => this.attempt(writer, attempt, draft),
      false,
      steps,
    );
    // Whether the tests are right, only running them can tell.
    const reason = verdict.by.length === 0 ? 'noChecker' : 'notReproduced';
    return {
      text: candidate.document,
      tests: this.written.get(candidate.document)?.shown ?? '',
      verdict: { kind: 'unverified', reason, by: verdict.by },
    };
  }

  private async attempt(
    writer: AnswerWriter,
    { sampling, failed }: Attempt,
    onDraft: (text: string) => void,
  ): Promise<Candidate | undefined> {
    const { languageId, frame, text } = this.input;
    const fixed = this.fixedLines();
    // A space is part of the model's first token.
    const start = [...fixed, frame.start.trimEnd()].join('\n');
    const continued = (answer: string): string =>
      frame.start.endsWith(' ') ? frame.start + answer.trimStart() : frame.start + answer;
    const { prompt, fence } = await this.prompt(writer, start, failed && this.shownAgain(failed));
    let isLoop = false;
    const answer = await writer.write({ prompt, sampling, maxTokens: MAX_TOKENS }, (written) => {
      const { lines, isEnded } = this.testLines(continued(written), fence);
      isLoop = isRunaway(lines, []);
      onDraft(withTests(frame, text, lines.slice(0, -1), languageId));
      return isEnded || isLoop;
    });
    const { lines } = this.testLines(continued(answer.text), fence);
    const isWhole = answer.isFinished && !isLoop;
    const tests = isWhole ? lines : await this.wholeTests(lines, writer.signal);
    if (tests === undefined || tests.every(isBlank)) return undefined;
    const document = withTests(frame, text, tests, languageId);
    const shown = [...fixed, ...tests, ...frame.close].join('\n');
    this.written.set(document, { tests: tests.join('\n'), shown });
    return candidateOf(this.baseline, document, { origin: 'model', needsProof: false });
  }

  /** What stands before the tests in the answer. */
  private fixedLines(): string[] {
    const { frame } = this.input;
    const imports = frame.imports.filter(({ isOptional }) => isOptional !== true).map(({ line }) => line);
    const lines = [...frame.head, ...imports];
    return [...lines, ...(lines.length === 0 ? [] : ['']), ...frame.open];
  }

  private shownAgain(failed: FailedAttempt): FailedAttempt {
    const document = [...this.written].find(([whole]) => whole.includes(failed.newText));
    return { ...failed, newText: document?.[1].shown ?? failed.newText };
  }

  private async prompt(
    writer: AnswerWriter,
    start: string,
    failed: FailedAttempt | undefined,
  ): Promise<{ readonly prompt: readonly number[]; readonly fence: string }> {
    const { languageId, framework, subject, ran } = this.input;
    for (let { code } = subject; code.length > 0; code = code.slice(0, Math.floor(code.length / 2))) {
      if (code.join('\n').length > writer.contextTokens * 8) continue;
      const prompt = testPrompt({
        languageId,
        framework,
        subject: subjectName(subject),
        code,
        start,
        ...(ran === undefined ? {} : { ran }),
        ...(failed === undefined ? {} : { failed }),
      });
      const tokens = await writer.tokens(prompt);
      const fence = /^`+/.exec(prompt.answerStart)?.[0] ?? '```';
      if (tokens.length + MAX_TOKENS < writer.contextTokens) return { prompt: tokens, fence };
    }
    throw impossible('regionTooLong');
  }

  /** The lines of the tests in an answer, without the end of what is around them. */
  private testLines(text: string, fence: string): { readonly lines: string[]; readonly isEnded: boolean } {
    const all = text.split(/\r\n|\n|\r/);
    const end = all.findIndex((line) => line.trimEnd() === fence || /^`{3,}\s*$/.test(line));
    const lines = (end < 0 ? all : all.slice(0, end)).map((line) => line.trimEnd());
    const { close } = this.input.frame;
    while (lines.at(-1) === '') lines.pop();
    if (end >= 0 || this.isClosed(lines))
      for (const line of close.toReversed()) if (lines.at(-1) === line) lines.pop();
    while (lines.at(-1) === '') lines.pop();
    const { tests, isCut } = firstTests(this.input.framework, lines);
    return { lines: [...tests], isEnded: end >= 0 || isCut };
  }

  /** Whether there is one more end than what the tests themselves have. */
  private isClosed(lines: readonly string[]): boolean {
    const { close } = this.input.frame;
    return close.length > 0 && lines.at(-1) === close.at(-1);
  }

  /** Of an answer that was cut off: without the test that isn't complete. */
  private async wholeTests(lines: readonly string[], signal: AbortSignal): Promise<string[] | undefined> {
    const { languageId, frame, text } = this.input;
    for (let count = lines.length; count > Math.max(1, lines.length - MAX_LOST_LINES); count--) {
      const last = lines[count - 1] ?? '';
      const next = lines[count];
      if (isBlank(last) || (next !== undefined && !isBlank(next) && count < lines.length)) continue;
      const tests = lines.slice(0, count);
      if (count < lines.length && (await this.parses(withTests(frame, text, tests, languageId), signal)))
        return tests;
    }
    return undefined;
  }

  private async parses(text: string, signal: AbortSignal): Promise<boolean> {
    const { languageId } = this.input;
    const read = (each: string): Promise<number | undefined> =>
      this.checks.syntax?.read(languageId, each, (tree) => syntaxErrors(tree).length, signal) ??
      Promise.resolve(undefined);
    const [before, after] = [await read(this.baseline), await read(text)];
    if (before !== undefined && after !== undefined) return after <= before;
    const code = codeOnly(text, languageOf(languageId));
    const count = (sign: string): number => code.split(sign).length;
    return count('{') === count('}') && count('(') === count(')');
  }
}

const keep = (text: string): string => text;
