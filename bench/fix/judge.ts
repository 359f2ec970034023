// What is wrong with a text, by everything that this machine has: the tools that the product's own check starts, and,
// where there is one, another parser that it doesn't use.
import ts from 'typescript';
import type { CheckerProblem, CheckFile } from '../../src/engine/checkers/checker.js';
import { problemsBetween } from '../../src/engine/checkers/compareProblems.js';
import { Checkers } from '../../src/engine/checkers/checkers.js';
import { machineCheckers } from '../../src/engine/checkers/machineCheckers.js';
import { Workspace } from '../../src/engine/completion/context/workspace.js';
import { syntaxErrors } from '../../src/engine/syntax/syntaxErrors.js';
import type { SyntaxTrees } from '../../src/engine/syntax/syntaxTrees.js';

/** What one tool says about a text. */
interface Report {
  readonly by: string;
  readonly problems: readonly CheckerProblem[];
}

export interface BrokenText {
  readonly text: string;
  readonly diagnostic: CheckerProblem;
  /** The tool that reports the diagnostic. */
  readonly by: string;
  /** A tool can't parse the text. */
  readonly isSyntax: boolean;
}

export interface Judgement {
  readonly parses: boolean;
  readonly isCleared: boolean;
  /** Nothing is wrong that wasn't in the original text. */
  readonly isClean: boolean;
}

export class Judge {
  private readonly checkers: Checkers;
  private readonly signal = new AbortController().signal;

  constructor(private readonly trees: SyntaxTrees) {
    this.checkers = machineCheckers(new Workspace());
  }

  /** The first error that a text has and the original hasn't: the language's own tools come before the parser. */
  async diagnose(original: CheckFile, text: string): Promise<BrokenText | undefined> {
    const before = await this.reports(original);
    const found = (await this.reports({ ...original, text })).flatMap(({ by, problems }) => {
      const known = before.find((each) => each.by === by);
      if (known === undefined) return [];
      const errors = newErrors({ ...known, text: original.text }, { problems, text });
      return errors.map((diagnostic) => ({ by, diagnostic }));
    });
    const [first] = found;
    return first && { ...first, text, isSyntax: found.some(isSyntaxError) };
  }

  async isSound(file: CheckFile): Promise<boolean> {
    const reports = await this.reports(file);
    return reports.length > 0 && reports.every(({ problems }) => !problems.some(isOwnError));
  }

  async judge(original: CheckFile, broken: BrokenText, text: string): Promise<Judgement> {
    const [first, old, fixed] = await Promise.all(
      [original.text, broken.text, text].map((each) => this.reports({ ...original, text: each })),
    );
    const left = (fixed ?? []).flatMap(({ by, problems }) => {
      const known = first?.find((each) => each.by === by)?.problems ?? [];
      return newErrors({ problems: known, text: original.text }, { problems, text });
    });
    const of = (reports: readonly Report[] | undefined): readonly CheckerProblem[] =>
      reports?.find(({ by }) => by === broken.by)?.problems ?? [];
    const { gone } = problemsBetween({ text: broken.text, problems: of(old) }, { text, problems: of(fixed) });
    const { line, message } = broken.diagnostic;
    return {
      parses: !left.some(({ isSyntax }) => isSyntax),
      isCleared: gone.some((each) => each.line === line && each.message === message),
      isClean: left.length === 0,
    };
  }

  private async reports(file: CheckFile): Promise<readonly Report[]> {
    const checked = await this.checkers.check(file, true, this.signal);
    const parsed = await this.trees.read(file.languageId, file.text, syntaxErrors);
    return [
      ...checked.flatMap((report) => (report.kind === 'checked' ? [report] : [])),
      ...(/script$/.test(file.languageId) && file.languageId !== 'shellscript'
        ? [{ by: 'tsc', problems: compilerProblems(file) }]
        : []),
      ...(file.languageId === 'json' ? [{ by: 'JSON.parse', problems: jsonProblems(file.text) }] : []),
      ...(parsed === undefined
        ? []
        : [
            {
              by: 'tree-sitter',
              problems: parsed.map((each) => ({
                ...each,
                severity: 'error' as const,
                isSyntax: true as const,
              })),
            },
          ]),
    ];
  }
}

function newErrors(
  before: { readonly text: string; readonly problems: readonly CheckerProblem[] },
  after: { readonly text: string; readonly problems: readonly CheckerProblem[] },
): readonly CheckerProblem[] {
  const { added, uncovered } = problemsBetween(before, after);
  return [...added, ...uncovered].filter(({ severity }) => severity === 'error');
}

function isSyntaxError({
  by,
  diagnostic: { isSyntax, message },
}: Omit<BrokenText, 'text' | 'isSyntax'>): boolean {
  if (isSyntax === true || by === 'css' || by === 'json') return true;
  // Compilers that go on after such an error.
  return /^(?:expected|stray|missing terminating|.*\bexpected$|unclosed|illegal start)/.test(message);
}

/** Modules of the project that a single file can't find are no mistakes in it. */
function isOwnError({ severity, code = '', message }: CheckerProblem): boolean {
  return (
    severity === 'error' &&
    !['2307', '2792', '7016', '2354'].includes(code) &&
    !/Cannot find module/.test(message)
  );
}

const COMPILER_OPTIONS: ts.CompilerOptions = {
  noResolve: true,
  allowJs: true,
  skipLibCheck: true,
  noEmit: true,
  types: [],
  target: ts.ScriptTarget.ESNext,
  module: ts.ModuleKind.ESNext,
};
const host = ts.createCompilerHost(COMPILER_OPTIONS, true);
const libraries = new Map<string, ts.SourceFile | undefined>();

/** TypeScript's compiler on this text alone. */
function compilerProblems({ languageId, text }: CheckFile): readonly CheckerProblem[] {
  const name = languageId === 'typescript' ? '/bench/checked.ts' : '/bench/checked.js';
  const file = ts.createSourceFile(name, text, ts.ScriptTarget.ESNext, true);
  const program = ts.createProgram([name], COMPILER_OPTIONS, {
    ...host,
    getSourceFile: (path, options) => {
      if (path === name) return file;
      if (!libraries.has(path)) libraries.set(path, host.getSourceFile(path, options));
      return libraries.get(path);
    },
  });
  const syntax = program.getSyntacticDiagnostics(file);
  const found =
    syntax.length > 0 ? syntax : languageId === 'typescript' ? program.getSemanticDiagnostics(file) : [];
  return found.map(({ start = 0, code, messageText }) => {
    const { line, character } = file.getLineAndCharacterOfPosition(start);
    return {
      line,
      column: character,
      message: ts.flattenDiagnosticMessageText(messageText, '\n'),
      code: String(code),
      severity: 'error',
      ...(syntax.length > 0 ? { isSyntax: true } : {}),
    };
  });
}

function jsonProblems(text: string): readonly CheckerProblem[] {
  try {
    JSON.parse(text);
    return [];
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const at = Number(/position (\d+)/.exec(message)?.[1] ?? text.length);
    const before = text.slice(0, at).split('\n');
    return [
      {
        line: before.length - 1,
        column: before.at(-1)?.length ?? 0,
        message: message.replace(/,? ?["`']?\.{3}[^]*|\s+in JSON at[^]*| \(line[^]*/g, ''),
        severity: 'error',
        isSyntax: true,
      },
    ];
  }
}
