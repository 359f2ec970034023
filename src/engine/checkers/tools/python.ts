import { z } from 'zod';
import { isNotebookCell } from '../../language/notebookCell.js';
import type { CheckerProblem } from '../checker.js';
import type { CommandTool } from './commandChecker.js';

/**
 * Python's own compiler. It finds the first syntax error of a text; in one without, also names that are defined neither
 * in the text nor in Python, since compiled code tells which of its names are global.
 */
export const PYTHON: CommandTool = {
  name: 'python',
  languageIds: ['python'],
  programs: () => ['python3', 'python'],
  // Isolated, without site: no file of the user's, nor of an environment, is imported. A cell uses names of others.
  prepare: ({ file }) =>
    Promise.resolve({
      args: ['-I', '-S', '-c', SCRIPT, ...(isNotebookCell(file.uri) ? ['cell'] : [])],
      input: file.text,
    }),
  read: ({ code, stdout }) => (code === 0 ? parsed(stdout) : undefined),
};

const OUTPUT = z.array(
  z.object({
    line: z.number().int().nonnegative(),
    column: z.number().int().nonnegative(),
    message: z.string(),
    kind: z.enum(['syntax', 'name', 'warning']),
  }),
);

function parsed(stdout: string): readonly CheckerProblem[] | undefined {
  const output = OUTPUT.safeParse(jsonOf(stdout));
  return output.data?.map(({ kind, ...problem }) => ({
    ...problem,
    severity: kind === 'warning' ? 'warning' : 'error',
    ...(kind === 'syntax' ? { isSyntax: true } : {}),
  }));
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // not this script's output
  }
}

const SCRIPT = `
import builtins, dis, json, sys, warnings

source = sys.stdin.buffer.read().decode('utf-8', 'replace')
lines = source.split('\\n')
found = []

def units(text):
    return len(text.encode('utf-16-le', 'surrogatepass')) // 2

def add(line, text, message, kind):
    found.append({'line': max(0, line - 1), 'column': units(text), 'message': message, 'kind': kind})

def line_text(line):
    return lines[line - 1] if 0 < line <= len(lines) else ''

def codes(code):
    yield code
    for constant in code.co_consts:
        if isinstance(constant, type(code)):
            yield from codes(constant)

def instructions(code):
    line = code.co_firstlineno
    for instruction in dis.get_instructions(code):
        positions = getattr(instruction, 'positions', None)
        if positions is not None and positions.lineno:
            line, column = positions.lineno, positions.col_offset or 0
        else:
            start = instruction.starts_line
            line, column = (start if start and start is not True else line), 0
        yield instruction, line, column

LOADS = {'LOAD_NAME', 'LOAD_GLOBAL', 'LOAD_FROM_DICT_OR_GLOBALS'}
STORES = {'STORE_NAME', 'STORE_GLOBAL'}

def unknown_names(module):
    known = set(dir(builtins)) | {'__file__', '__path__', '__builtins__', '__annotations__', 'WindowsError'}
    known |= {'__name__', '__doc__', '__package__', '__loader__', '__spec__', '__cached__', '__conditional_annotations__'}
    uses = []
    for code in codes(module):
        local = set()
        for instruction, line, column in instructions(code):
            name, value = instruction.opname, instruction.argval
            if 'IMPORT_STAR' in name or 'IMPORT_STAR' in str(instruction.argrepr):
                return []
            if name in STORES:
                (known if code is module or name == 'STORE_GLOBAL' else local).add(value)
            elif name in LOADS:
                uses.append((line, column, value, local))
    # They define names in ways that can't be seen.
    if any(value in ('globals', 'exec') for _, _, value, _ in uses):
        return []
    return sorted({(line, column, value) for line, column, value, local in uses if value not in known and value not in local})

with warnings.catch_warnings(record=True) as noted:
    warnings.simplefilter('always')
    try:
        module = compile(source, '<text>', 'exec', dont_inherit=True)
    except SyntaxError as error:
        line = error.lineno or 1
        add(line, line_text(line)[:max(0, (error.offset or 1) - 1)], error.msg, 'syntax')
        module = None
for warning in noted:
    add(warning.lineno, '', str(warning.message), 'warning')
if module is not None and 'cell' not in sys.argv[1:]:
    for line, column, name in unknown_names(module)[:200]:
        text = line_text(line).encode('utf-8', 'replace')[:column].decode('utf-8', 'ignore')
        add(line, text, "name '%s' is not defined" % name, 'name')
print(json.dumps(found))
`;
