import assert from 'node:assert/strict';
import { C_FAMILY } from '../../../../src/engine/checkers/tools/cFamily.js';
import { commandChecker, type CommandTool } from '../../../../src/engine/checkers/tools/commandChecker.js';
import { RUST } from '../../../../src/engine/checkers/tools/rust.js';
import { withToolFix, type ToolEdit } from '../../../../src/engine/checkers/tools/toolFix.js';
import { Checkers } from '../../../../src/engine/checkers/checkers.js';
import { SampleMachine } from './support/machine.js';

const never = new AbortController().signal;

const POINTER = 'struct point { int x; };\nint f(struct point *p) {\n\tchar *é = "é"; return p.x;\n}\n';
/** Of gcc 12. Columns of fixes count bytes. */
const GCC = `COPY: In function ‘f’:
COPY:1:1: warning: suggest parentheses around assignment used as truth value [-Wparentheses]
fix-it:"COPY":{1:1-1:1}:"("
COPY:3:25: error: ‘p’ is a pointer; did you mean to use ‘->’?
    3 |  char *é = "é"; return p.x;
fix-it:"COPY":{3:27-3:28}:"->"
COPY:4:1: error: another one
fix-it:"other.h":{1:1-1:1}:"x"
`;

const STRING = 'fn f(a: String) -> usize { a.len() }\npub fn g() -> usize {\n    let s = "é"; f(s)\n}\n';
/** Of rustc 1.95. */
function rustMessage(level: string, line: number, children: readonly object[]): string {
  const place = { line_start: line, line_end: line, column_start: 20, column_end: 21, is_primary: true };
  return JSON.stringify({
    message: 'mismatched types',
    code: { code: 'E0308' },
    level,
    spans: [{ file_name: 'COPY', ...place }],
    children,
  });
}

function suggestion(how: string, text: string, column = 21): object {
  return {
    message: 'try',
    spans: [
      {
        file_name: 'COPY',
        line_start: 3,
        line_end: 3,
        column_start: column,
        column_end: column,
        is_primary: true,
        suggested_replacement: text,
        suggestion_applicability: how,
      },
    ],
  };
}

describe('what a compiler would change', () => {
  let machine: SampleMachine;

  beforeEach(async () => {
    machine = await SampleMachine.create();
  });
  afterEach(() => machine.remove());

  /** @param output what the tool writes about a text, whose copy is called COPY there */
  async function fixes(
    tool: CommandTool,
    text: string,
    output: string,
    isTrusted = true,
  ): Promise<readonly string[]> {
    const [program = ''] = tool.programs({
      uri: machine.uri('a'),
      languageId: tool.languageIds[0] ?? '',
      text,
    });
    const lines = output
      .split('\n')
      .map((line) => `printf '%s\\n' '${line}' | sed "s#COPY#$copy#g" >&2\n`)
      .join('');
    await machine.program(
      `bin/${program}`,
      `#!/bin/sh\nPATH=/usr/bin:/bin\nfor copy; do :; done\n${lines}exit 1\n`,
    );
    const checkers = new Checkers([commandChecker(tool, machine.tools())]);
    const file = { uri: machine.uri('a'), languageId: tool.languageIds[0] ?? '', text };
    return checkers.fixes(file, { start: 2, end: 3 }, isTrusted, never);
  }

  it('is taken from gcc’s and clang’s fix-its of the errors in these lines', async () => {
    assert.deepEqual(await fixes(C_FAMILY, POINTER, GCC), [POINTER.replace('p.x', 'p->x')]);
  });

  it('is taken from rustc’s suggestions without places to fill in, the surest first', async () => {
    const output = [
      rustMessage('warning', 3, [suggestion('MachineApplicable', 'w')]),
      rustMessage('error', 2, [suggestion('MachineApplicable', 'x')]),
      rustMessage('error', 3, [
        suggestion('HasPlaceholders', '/* value */'),
        suggestion('MaybeIncorrect', '.to_string()'),
        suggestion('MachineApplicable', '.into()'),
        { message: 'a note', spans: [] },
      ]),
    ].join('\n');
    assert.deepEqual(await fixes(RUST, STRING, output), [
      STRING.replace('f(s)', 'f(s.into())'),
      STRING.replace('f(s)', 'f(s.to_string())'),
    ]);
  });

  it('is nothing in a workspace that isn’t trusted', async () => {
    assert.deepEqual(await fixes(C_FAMILY, POINTER, GCC, false), []);
  });

  it('is nothing for a text whose places the tool counts in another way', async () => {
    for (const text of [`\uFEFF${POINTER}`, POINTER.replace('{\n', '{\r')])
      assert.deepEqual(await fixes(C_FAMILY, text, GCC), []);
  });

  it('is nothing when its output makes no sense', async () => {
    const far = GCC.replace('3:27-3:28', '30:1-30:2');
    for (const output of [far, 'fix-it:', '{"message":', '']) {
      assert.deepEqual(await fixes(C_FAMILY, POINTER, output), []);
      assert.deepEqual(await fixes(RUST, STRING, output), []);
    }
  });

  it('counts bytes or characters, and doesn’t overlap', () => {
    const at = (column: number, endColumn: number, newText: string): ToolEdit => ({
      ...{ line: 1, endLine: 1 },
      ...{ column, endColumn, newText },
    });
    assert.equal(withToolFix('é😀=x', { edits: [at(7, 8, ':')], unit: 'bytes' }), 'é😀:x');
    assert.equal(withToolFix('é😀=x', { edits: [at(3, 4, ':')], unit: 'characters' }), 'é😀:x');
    const overlapping = [at(1, 3, 'a'), at(2, 4, 'b')];
    assert.equal(withToolFix('abcd', { edits: overlapping, unit: 'bytes' }), undefined);
    assert.equal(withToolFix('abcd', { edits: [], unit: 'bytes' }), undefined);
    assert.equal(withToolFix('abcd', { edits: [at(0, 1, 'x')], unit: 'bytes' }), undefined);
  });
});
