import { statSync } from 'node:fs';
import { dirname } from 'node:path/posix';
import type ts from 'typescript';
import type { LineSpan } from '../../language/lines.js';
import type { CheckerProblem } from '../checker.js';
import { chooseCodeFixes, withChanges } from './codeFixes.js';

export type TypescriptLibrary = typeof ts;

/** Counts the texts of all projects: they share what is parsed, by path and version. */
let edits = 0;

/** With more files than these, only declarations and what the text imports are read. */
const MAX_ROOTS = 300;
/** Errors whose fixes are asked for: for an import, all that could be imported is searched. */
const MAX_FIXED = 3;

/** The files and options of one configuration, or of a folder without one. */
export class TypescriptProject {
  private readonly service: ts.LanguageService;
  private readonly texts = new Map<string, { readonly text: string; readonly version: number }>();
  private roots: readonly string[] = [];
  /** By the last check. */
  private found: readonly ts.Diagnostic[] = [];

  constructor(
    private readonly ts: TypescriptLibrary,
    registry: ts.DocumentRegistry,
    private readonly folder: string,
    private readonly config: ts.ParsedCommandLine | undefined,
  ) {
    this.service = ts.createLanguageService(this.host(), registry);
  }

  /** @param path with forward slashes */
  check(path: string, text: string, isFragment: boolean): readonly CheckerProblem[] {
    const { ts } = this;
    // One text at a time: the others are as they are on the disk.
    if (this.texts.get(path)?.text !== text) {
      this.texts.clear();
      this.texts.set(path, { text, version: ++edits });
    }
    this.roots = [...new Set([...this.configuredRoots(), path])];
    const syntactic = this.service.getSyntacticDiagnostics(path);
    const found = [...syntactic, ...(isFragment ? [] : this.semantic(path, text))];
    this.found = found;
    const file = this.service.getProgram()?.getSourceFile(path);
    return found.flatMap(({ category, start = 0, messageText, code }, index): CheckerProblem[] => {
      if (category !== ts.DiagnosticCategory.Error && category !== ts.DiagnosticCategory.Warning) return [];
      const { line, character } = file?.getLineAndCharacterOfPosition(start) ?? { line: 0, character: 0 };
      return [
        {
          line,
          column: character,
          message: ts.flattenDiagnosticMessageText(messageText, '\n'),
          code: String(code),
          severity: category === ts.DiagnosticCategory.Error ? 'error' : 'warning',
          ...(index < syntactic.length ? { hidesMeaning: true } : {}),
        },
      ];
    });
  }

  /** Gives back its memory. */
  close(): void {
    this.service.dispose();
  }

  /** What TypeScript would change about the errors of some lines, of the text that was checked last: whole texts. */
  fixes(path: string, lines: LineSpan): readonly string[] {
    const { ts, service } = this;
    const file = service.getProgram()?.getSourceFile(path);
    if (file === undefined) return [];
    const asked = this.found.filter(({ category, start = 0 }) => {
      const { line } = file.getLineAndCharacterOfPosition(start);
      return category === ts.DiagnosticCategory.Error && line >= lines.start && line < lines.end;
    });
    const format = ts.getDefaultFormatCodeSettings(/\r?\n/.exec(file.text)?.[0]);
    return asked.slice(0, MAX_FIXED).flatMap(({ start = 0, length = 0, code }) => {
      const actions = service.getCodeFixesAtPosition(path, start, start + length, [code], format, {});
      return chooseCodeFixes(actions, path).map((changes) => withChanges(file.text, changes));
    });
  }

  /** JavaScript is checked as TypeScript, and of what that finds only what is wrong in JavaScript, too, is kept. */
  private semantic(path: string, text: string): readonly ts.Diagnostic[] {
    const found = this.service.getSemanticDiagnostics(path);
    const isScript = /\.[cm]?jsx?$/i.test(path);
    const isChecked = this.config?.options.checkJs === true || /^\s*\/\/\s*@ts-check\b/m.test(text);
    return isScript && !isChecked ? found.filter(({ code }) => isJavaScriptError(code)) : found;
  }

  private configuredRoots(): readonly string[] {
    const names = this.config?.fileNames ?? [];
    return names.length <= MAX_ROOTS ? names : names.filter((name) => /\.d\.[cm]?ts$/.test(name));
  }

  private options(): ts.CompilerOptions {
    const { ts } = this;
    const unconfigured: ts.CompilerOptions = {
      target: ts.ScriptTarget.ESNext,
      module: ts.ModuleKind.ESNext,
      moduleResolution: ts.ModuleResolutionKind.Bundler,
      jsx: ts.JsxEmit.ReactJSX,
      strictNullChecks: true,
      strictFunctionTypes: true,
      experimentalDecorators: true,
      allowSyntheticDefaultImports: true,
    };
    return {
      ...(this.config?.options ?? unconfigured),
      allowJs: true,
      checkJs: true,
      noEmit: true,
      skipLibCheck: true,
      composite: false,
      incremental: false,
    };
  }

  private host(): ts.LanguageServiceHost {
    const { sys } = this.ts;
    const options = this.options();
    const textOf = (path: string): string | undefined => this.texts.get(path)?.text ?? sys.readFile(path);
    return {
      getCompilationSettings: () => options,
      getCurrentDirectory: () => this.folder,
      getDefaultLibFileName: (used) => this.ts.getDefaultLibFilePath(used),
      getScriptFileNames: () => [...this.roots],
      getScriptVersion: (path) => this.versionOf(path),
      getScriptSnapshot: (path) => {
        const text = textOf(path);
        return text === undefined ? undefined : this.ts.ScriptSnapshot.fromString(text);
      },
      useCaseSensitiveFileNames: () => sys.useCaseSensitiveFileNames,
      fileExists: (path) => this.texts.has(path) || sys.fileExists(path),
      readFile: textOf,
      readDirectory: (...args) => sys.readDirectory(...args),
      directoryExists: (path) => sys.directoryExists(path),
      getDirectories: (path) => sys.getDirectories(path),
      realpath: (path) => sys.realpath?.(path) ?? path,
    };
  }

  /** Installed packages seldom change while a user edits. */
  private versionOf(path: string): string {
    const edited = this.texts.get(path);
    if (edited !== undefined) return `edit ${edited.version}`;
    if (path.includes('/node_modules/') || path.startsWith(this.libraryFolder())) return '1';
    const stats = statSync(path, { throwIfNoEntry: false });
    return stats === undefined ? '0' : `${stats.mtimeMs} ${stats.size}`;
  }

  private libraryFolder(): string {
    return dirname(this.ts.sys.getExecutingFilePath());
  }
}

/** Unknown names, and assignments to constants; names of libraries that aren't there have codes of their own. */
const JAVASCRIPT_ERRORS: ReadonlySet<number> = new Set([2304, 2451, 2552, 2588]);

/** Codes up to 2000, and those from 18000 on, are about syntax. */
function isJavaScriptError(code: number): boolean {
  return code < 2000 || (code >= 18_000 && code < 18_046) || JAVASCRIPT_ERRORS.has(code);
}
