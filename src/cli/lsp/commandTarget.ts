import { Range, type Diagnostic } from 'vscode-languageserver/node';

/** The commands' names, the same as in VS Code. */
export const COMMANDS = [
  'youtu.fix',
  'youtu.document',
  'youtu.explain',
  'youtu.edit',
  'youtu.documentAll',
] as const;
export type EditorCommand = (typeof COMMANDS)[number];

export function isEditorCommand(name: string): name is EditorCommand {
  return (COMMANDS as readonly string[]).includes(name);
}

/** The argument of a command. */
export interface CommandTarget {
  readonly uri: string;
  readonly range: Range;
  readonly diagnostics: readonly Diagnostic[];
  /** Whether the user has selected exactly this range. Default: when it has more than one character. */
  readonly isSelection: boolean;
  /** With `youtu.edit`: what is to be done. */
  readonly instruction?: string;
}

/**
 * Reads a command's arguments, `[{ uri, range, diagnostics?, isSelection?, instruction? }]`. Any client may have written them.
 * @returns `undefined` when they are invalid
 */
export function commandTarget(given: unknown): CommandTarget | undefined {
  const [first] = Array.isArray(given) ? (given as readonly unknown[]) : [];
  if (typeof first !== 'object' || first === null) return undefined;
  const { uri, range, diagnostics, isSelection, instruction } = first as Readonly<Record<string, unknown>>;
  if (typeof uri !== 'string' || !Range.is(range)) return undefined;
  const problems = Array.isArray(diagnostics) ? diagnostics.filter(isDiagnostic) : [];
  return {
    uri,
    range,
    diagnostics: problems,
    isSelection: typeof isSelection === 'boolean' ? isSelection : problems.length === 0 && isSelected(range),
    ...(typeof instruction === 'string' ? { instruction } : {}),
  };
}

/** Whether a range is a selection. In editors with a block cursor, the cursor itself is a range of one character. */
export function isSelected({ start, end }: Range): boolean {
  return end.line > start.line || end.character - start.character > 1;
}

function isDiagnostic(value: unknown): value is Diagnostic {
  if (typeof value !== 'object' || value === null) return false;
  const { range, message } = value as Readonly<Record<string, unknown>>;
  return (
    Range.is(range) && (typeof message === 'string' || (typeof message === 'object' && message !== null))
  );
}

export function messageOf({ message }: Diagnostic): string {
  return typeof message === 'string' ? message : message.value;
}
