import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { C_FAMILY } from '../../../../src/engine/checkers/tools/cFamily.js';
import { commandChecker, type CommandTool } from '../../../../src/engine/checkers/tools/commandChecker.js';
import { GO_BUILD, GO_VET, GOFMT } from '../../../../src/engine/checkers/tools/go.js';
import { JAVA } from '../../../../src/engine/checkers/tools/java.js';
import { RUST } from '../../../../src/engine/checkers/tools/rust.js';
import { NODE, SHELL } from '../../../../src/engine/checkers/tools/scripts.js';
import { realTools, SampleMachine } from './support/machine.js';

const never = new AbortController().signal;

/** A text of each language: what this machine's own tool says about it. */
const REAL: readonly (readonly [CommandTool, string, string, readonly (readonly [number, RegExp])[]])[] = [
  [NODE, 'a.js', 'import x from "y";\nexport const a = ;\n', [[1, /Unexpected token/]]],
  [NODE, 'a.js', 'const a = require("b");\nfunction f( {\n', [[2, /Unexpected end/]]],
  [NODE, 'a.js', 'export const a = 1;\n', []],
  [SHELL, 'a.sh', '#!/bin/sh\nif true; fi\n', [[1, /fi/]]],
  [SHELL, 'a.bash', 'x=(1 2)\necho "${x[@]}"\n', []],
  [GOFMT, 'a.go', 'package main\n\nfunc main() {\n\tx := f(1 2)\n}\n', [[3, /missing ','/]]],
  [
    GO_BUILD,
    'a.go',
    'package main\n\nfunc main() { x := 1; helper(y) }\n',
    [
      [2, /not used: x/],
      [2, /undefined: y/],
    ],
  ],
  [GO_BUILD, 'a.go', 'package main\n\nfunc main() { helper(1) }\n', []],
  [GO_BUILD, 'a.go', 'package main\n\nfunc main() {\n', [[3, /syntax error/]]],
  [
    GO_VET,
    'a.go',
    'package main\n\nimport "fmt"\n\nfunc main() { helper(1); fmt.Printf("%d", "x") }\n',
    [[4, /%d has arg "x"/]],
  ],
  [GO_BUILD, 'untitled:x.go', 'package foo\n\nfunc f() int { return g() }\n', [[2, /undefined: g/]]],
  [GO_VET, 'untitled:x.go', 'package foo\n\nfunc f() {}\n', []],
  [RUST, 'a.rs', 'fn f() {\n    let x = (1;\n}\n', [[2, /mismatched/]]],
  [RUST, 'a.rs', 'fn f() {\n    let x: i32 = "a";\n}\n', [[1, /expected `i32`, found `&str`/]]],
  [RUST, 'a.rs', 'async fn f() {}\nfn g() {}\n', []],
  [
    JAVA,
    'A.java',
    'public class A {\n\tint f() { int x = "a"; return y; }\n}\n',
    [
      [1, /String cannot be converted/],
      [1, /symbol: variable 'y'/],
    ],
  ],
  [JAVA, 'A.java', 'class A extends B {\n  A() { super(1); }\n}\n', []],
  [C_FAMILY, 'a.c', '#include "b.h"\nint f(void) {\n\treturn y;\n}\n', [[2, /y/]]],
  [C_FAMILY, 'a.c', '#include "b.h"\nint f(void) { return helper(); }\n', []],
];
const PROJECT: Readonly<Record<string, string>> = {
  'go.mod': 'module example.com/x\n\ngo 1.20\n',
  'b.go': 'package main\n\nfunc helper(a int) {}\n',
  'b.h': 'int helper(void);\n',
  'B.java': 'class B { B(int i) {} }\n',
};

/** rustup's `rustc` is there without one, for a user who hasn't installed any. */
const hasToolchain = spawnSync('rustc', ['--version']).status === 0;

describe('the tools of this machine', function () {
  this.timeout(60_000);
  let machine: SampleMachine;
  before(async () => {
    machine = await SampleMachine.create();
    for (const [name, text] of Object.entries(PROJECT)) await writeFile(join(machine.project, name), text);
  });
  after(() => machine.remove());

  // Which of them there are differs; what they write is recorded above.
  it('find what is wrong in a text, and nothing in a correct one', async () => {
    const used = new Set<string>();
    for (const [tool, name, text, expected] of REAL) {
      const languageId = tool.languageIds[0] ?? '';
      const file = { uri: name.startsWith('untitled:') ? name : machine.uri(name), languageId, text };
      const checker = commandChecker(tool, realTools(machine.workspace));
      if (!(await checker.isAvailable(file)) || (tool === RUST && !hasToolchain)) continue;
      used.add(tool.name);
      const found = await checker.check(file, never);
      const messages = (found ?? []).map(({ message }) => message);
      assert.deepEqual(
        found?.map(({ line }) => line),
        expected.map(([line]) => line),
        `${tool.name}: ${text}`,
      );
      for (const [index, [, pattern]] of expected.entries()) assert.match(messages[index] ?? '', pattern);
    }
    assert.ok(used.has('node') && used.has('shell'), [...used].join());
  });
});
