import { readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import type { CheckerProblem } from '../checker.js';
import type { CommandTool } from './commandChecker.js';
import { asSyntax, verdict } from './messageLines.js';
import type { ToolFix } from './toolFix.js';

const DEFAULT_EDITION = '2021';
const COPY = 'checked.rs';
/** As rustc calls what needs no look. */
const SURE = 'MachineApplicable';

/**
 * The compiler on this text alone: Cargo would run build scripts. Crates and modules that it doesn't find are unknown
 * before and after an edit alike.
 */
export const RUST: CommandTool = {
  name: 'rustc',
  languageIds: ['rust'],
  programs: () => ['rustc'],
  prepare: async ({ path, folder, copy }) => ({
    args: [
      ...['--edition', await editionFor(path), '--crate-type', 'lib', '--crate-name', 'checked'],
      // A file's functions are used by others.
      ...['--emit=metadata', '--error-format=json', '-A', 'dead_code', '--out-dir', folder],
      await copy(COPY),
    ],
  }),
  read: (output) => {
    const problems = output.stderr.split('\n').flatMap((line) => problemIn(line) ?? []);
    const hasCode = problems.some(({ code, severity }) => severity === 'error' && code !== undefined);
    const isParsed = hasCode
      ? !problems.some(({ code = '' }) => LEXER_CODES.has(code))
      : problems.some(isExpansion);
    return verdict(output, isParsed ? problems : asSyntax(problems), output.stderr.trim() === '');
  },
  readFixes: ({ stderr }, lines) => {
    const fixes = stderr.split('\n').flatMap((text): readonly (ToolFix & { readonly isSure: boolean })[] => {
      const message = messageIn(text);
      const line = message?.spans.find(({ is_primary }) => is_primary)?.line_start ?? 0;
      if (message?.level.startsWith('error') !== true || line <= lines.start || line > lines.end) return [];
      return message.children.flatMap(({ spans }) => fixIn(spans) ?? []);
    });
    return [...fixes].sort((one, other) => Number(other.isSure) - Number(one.isSure));
  },
};

/** Quotes and comments that don't end. Other errors of the parser have no code. */
const LEXER_CODES: ReadonlySet<string> = new Set(['E0748', 'E0758', 'E0762', 'E0763', 'E0765', 'E0766']);
/** What comes after parsing, and has no code either. */
const isExpansion = ({ message }: CheckerProblem): boolean => /^cannot (?:find|determine) /.test(message);

const MESSAGE = z.object({
  message: z.string(),
  code: z.object({ code: z.string() }).nullish(),
  level: z.string(),
  spans: z.array(
    z.object({
      is_primary: z.boolean(),
      line_start: z.number().int(),
      column_start: z.number().int(),
      label: z.string().nullish(),
    }),
  ),
  children: z
    .array(
      z.object({
        spans: z.array(
          z.object({
            file_name: z.string(),
            line_start: z.number().int(),
            column_start: z.number().int(),
            line_end: z.number().int(),
            column_end: z.number().int(),
            suggested_replacement: z.string().nullish(),
            suggestion_applicability: z.string().nullish(),
          }),
        ),
      }),
    )
    .default([]),
});
type Message = z.infer<typeof MESSAGE>;

/** What rustc would replace; `undefined` when that has places to fill in, or lies in another file. */
function fixIn(
  spans: Message['children'][number]['spans'],
): (ToolFix & { readonly isSure: boolean }) | undefined {
  const edits = spans.flatMap((span) => {
    const { suggested_replacement: newText, suggestion_applicability: how, file_name: file } = span;
    const isOwn = basename(file) === COPY && (how === SURE || how === 'MaybeIncorrect');
    if (!isOwn || newText === null || newText === undefined) return [];
    const { line_start: line, column_start: column, line_end: endLine, column_end: endColumn } = span;
    return [{ line, column, endLine, endColumn, newText }];
  });
  if (edits.length === 0 || edits.length !== spans.length) return undefined;
  const isSure = spans.every(({ suggestion_applicability: how }) => how === SURE);
  return { edits, unit: 'characters', isSure };
}

function messageIn(line: string): Message | undefined {
  return line.startsWith('{') ? MESSAGE.safeParse(jsonOf(line)).data : undefined;
}

function problemIn(line: string): CheckerProblem | undefined {
  const data = messageIn(line);
  const span = data?.spans.find(({ is_primary }) => is_primary);
  // Without a place: how many errors there were.
  if (data === undefined || span === undefined) return undefined;
  // "mismatched types" alone says less than "expected `i32`, found `&str`".
  const label = span.label === null || span.label === undefined ? '' : `: ${span.label}`;
  return {
    line: Math.max(0, span.line_start - 1),
    column: Math.max(0, span.column_start - 1),
    message: data.message + label,
    severity: data.level.startsWith('error') ? 'error' : 'warning',
    ...(data.code ? { code: data.code.code } : {}),
  };
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined; // not rustc's output
  }
}

/** What the nearest Cargo.toml names. */
async function editionFor(path: string | undefined): Promise<string> {
  if (path === undefined) return DEFAULT_EDITION;
  for (let folder = dirname(path); folder !== dirname(folder); folder = dirname(folder)) {
    const manifest = await readFile(join(folder, 'Cargo.toml'), 'utf8').catch(() => undefined);
    if (manifest !== undefined)
      return /^\s*edition\s*=\s*["'](20\d\d)["']/m.exec(manifest)?.[1] ?? DEFAULT_EDITION;
  }
  return DEFAULT_EDITION;
}
