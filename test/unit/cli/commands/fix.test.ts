import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createContext } from '../../../../src/cli/commandContext.js';
import { fixReport, isVerified, unifiedDiff, verdictLines } from '../../../../src/cli/fix/fixReport.js';
import { runCli } from '../../../../src/cli/runCli.js';
import { temporaryFolder } from '../../engine/catalogue/support/temporaryFolder.js';
import { closeParenthesis, LineEditor, repaired } from '../../engine/edit/support/lineEditor.js';
import { FakeTerminal } from '../support/fakeTerminal.js';

const { signal } = new AbortController();

describe('the report on a fix', () => {
  it('has diff, edits and remaining problems, with 1-based lines', async () => {
    const fixed = await repaired('print(1\n', new LineEditor(closeParenthesis));
    assert.deepEqual(fixReport('a.py', unifiedDiff('a.py', 'print(1\n', fixed.text), fixed, false), {
      file: 'a.py',
      diff: '--- a/a.py\n+++ b/a.py\n@@ -1 +1 @@\n-print(1\n+print(1)\n',
      isApplied: false,
      edits: [
        {
          line: 1,
          endLine: 1,
          oldText: 'print(1',
          newText: 'print(1)',
          verdict: { kind: 'verified', by: ['tree-sitter', 'names'] },
          origin: 'syntax',
        },
      ],
      left: [],
    });
    assert.equal(isVerified(fixed), true);
    assert.equal(
      verdictLines(fixed),
      'Verified: parses · problem gone · no new problems (tree-sitter, names)\n',
    );
  });

  it('says why a fix is not verified', async () => {
    const fixed = await repaired('a = 1\n', new LineEditor(() => 'a = 2'), {
      start: 0,
      end: 0,
      message: 'expected 2',
    });
    assert.equal(isVerified(fixed), false);
    assert.match(verdictLines(fixed), /^Not verified \(tree-sitter, names\): no check here sees the problem/);
    assert.equal(fixReport('a.py', '', fixed, false).model, 'scripted');
  });
});

describe('the diff of a fix in a file with mixed line ends', () => {
  const line = 'show("a", round(price, 2)';
  for (const [first, rest] of [
    ['\r\n', '\n'],
    ['\n', '\r\n'],
  ] as const)
    it(`changes the fixed line alone after a header with ${JSON.stringify(first)}`, async () => {
      const text = `# Prices.${first}RATE = 0.19${first}${rest}def show(*all):${rest}    print(all)${rest}${rest}${line}${rest}`;
      const fixed = await repaired(text, new LineEditor(closeParenthesis));
      assert.equal(fixed.text, text.replace(line, `${line})`));
      const changed = unifiedDiff('a.py', text, fixed.text)
        .split('\n')
        .filter((each) => /^[-+](?![-+])/.test(each));
      const end = rest.replace('\n', '');
      assert.deepEqual(changed, [`-${line}${end}`, `+${line})${end}`]);
    });
});

describe('youtu fix', () => {
  const folder = temporaryFolder();
  const youtu = async (...args: string[]): Promise<{ status: number; terminal: FakeTerminal }> => {
    const terminal = new FakeTerminal();
    return {
      status: await runCli(['fix', ...args], createContext(terminal, signal, folder()), '1'),
      terminal,
    };
  };
  const file = (name: string, text: string): string => {
    writeFileSync(join(folder(), name), text);
    return join(folder(), name);
  };

  it('reports that there is nothing to fix, without a model', async () => {
    const { status, terminal } = await youtu(file('a.py', 'a = 1\n'));
    assert.deepEqual([status, terminal.results, terminal.notes], [0, '', 'Nothing to fix\n']);
  });

  it('reports it in JSON too', async () => {
    const { status, terminal } = await youtu(file('a.py', 'a = 1\n'), '--json');
    const { diff, edits } = JSON.parse(terminal.results) as { diff: string; edits: unknown[] };
    assert.deepEqual([status, diff, edits], [0, '', []]);
  });

  it('requires a position where it can’t check the syntax', async () => {
    const { status, terminal } = await youtu(file('a.kt', 'val a = 1'));
    assert.equal(status, 1);
    assert.match(terminal.notes, /can check Kotlin.*--line.*--message/);
  });

  it('fixes what needs no model without one', async () => {
    const path = file('a.py', 'print(1\n');
    const { status, terminal } = await youtu(path, '--apply');
    assert.equal(status, 0);
    assert.match(terminal.results, /^-print\(1\n\+print\(1\)$/m);
    assert.match(terminal.notes, /a\.py:1:6: '\(' was never closed\nVerified: parses.*\nWrote /);
    assert.equal(readFileSync(path, 'utf8'), 'print(1)\n');
  });

  it('needs a model for another problem', async () => {
    const { status, terminal } = await youtu(file('a.py', 'def f(a b c) d\n'));
    assert.equal(status, 1);
    assert.match(terminal.notes, /a\.py:1:\d+: .*\nThere is no model/);
  });

  const wrong: readonly (readonly string[])[] = [
    ['--line', '0'],
    ['--lines', '5-2'],
    ['--lines', 'x'],
    ['--line', '1', '--lines', '1-2'],
    ['--message', 'wrong'],
  ];
  for (const args of wrong)
    it(`exits with 2 for ${args.join(' ')}`, async () => {
      assert.equal((await youtu(file('a.py', 'a = 1\n'), ...args)).status, 2);
    });

  it('reports a missing line or file', async () => {
    const { status, terminal } = await youtu(file('a.py', 'a = 1\n'), '--line', '9');
    assert.equal(status, 1);
    assert.match(terminal.notes, /has only 2 lines/);
    const missing = await youtu(join(folder(), 'nothing.py'));
    assert.equal(missing.status, 1);
    assert.match(missing.terminal.notes, /File not found/);
  });

  const shell = '#!/usr/bin/env bash\nif [ -d build ]; then\n  echo "there is a build"\n\necho "done"\n';
  const python = 'def area(width: float, height: float -> float: ...\n';
  const typescript = 'export function double(value: number {\n  return value * 2;\n}\n';
  const cpp = 'int main() {\n  int total = (1 + 2;\n  return total;\n}\n';
  const names: [text: string, names: string][] = [
    [shell, 'deploy run.SH .bashrc .zshrc .profile a.sh a.bash a.zsh a.ksh PKGBUILD'],
    [python, 'a.py a.pyi a.pyw SConstruct a.PY'],
    [typescript, 'a.ts a.mts a.cts'],
    [cpp, 'a.cpp a.cxx a.cc a.hh a.hpp a.hxx'],
    [`#!/usr/bin/python3 -u\n${python}`, 'tool'],
    [`\ufeff#!/usr/bin/env -S python3 -u\r\n${python}`, 'tool bin/x'],
    ['#!/usr/bin/env node\nconsole.log(1;\n', 'cli'],
  ];
  for (const [text, list] of names)
    for (const name of list.split(' '))
      it(`checks the syntax of ${name} with ${JSON.stringify(text.split('\n')[0])}`, async () => {
        mkdirSync(join(folder(), 'bin'));
        const { terminal } = await youtu(file(name, text));
        assert.match(terminal.notes, /:\d+:\d+: .*\n(?:There is no model|Verified: )/);
      });

  it('refuses a binary file and one in another encoding with a sentence', async () => {
    const path = join(folder(), 'data.bin');
    writeFileSync(
      path,
      Uint8Array.from({ length: 256 }, (_, index) => index),
    );
    const binary = await youtu(path);
    assert.deepEqual([binary.status, binary.terminal.results], [1, '']);
    assert.match(binary.terminal.notes, /data\.bin is not UTF-8 text: it holds zero bytes.*\n$/);
    const latin = join(folder(), 'latin1.py');
    writeFileSync(latin, Buffer.from('NAME = "Ren\xe9"\nprint(f"{\n', 'latin1'));
    const other = await youtu(latin);
    assert.deepEqual([other.status, other.terminal.results], [1, '']);
    assert.match(
      other.terminal.notes,
      /latin1\.py is not UTF-8 text: see line \d+\. Convert it first.*iconv.*\n$/,
    );
  });
});
