import assert from 'node:assert/strict';
import type { CheckerProblem } from '../../../../src/engine/checkers/checker.js';
import { C_FAMILY } from '../../../../src/engine/checkers/tools/cFamily.js';
import { commandChecker } from '../../../../src/engine/checkers/tools/commandChecker.js';
import { GO_BUILD, GO_VET, GOFMT } from '../../../../src/engine/checkers/tools/go.js';
import { JAVA } from '../../../../src/engine/checkers/tools/java.js';
import { PYFLAKES, RUFF } from '../../../../src/engine/checkers/tools/ruff.js';
import { RUST } from '../../../../src/engine/checkers/tools/rust.js';
import { NODE, PHP, RUBY, SHELL } from '../../../../src/engine/checkers/tools/scripts.js';
import { SampleMachine } from './support/machine.js';
import { RECORDED, type Recorded } from './support/recordedOutput.js';

const never = new AbortController().signal;

/** A program that writes what was recorded. */
function standIn({ stdout = '', stderr = '', code }: Recorded): string {
  const write = (text: string, to: string): string =>
    `while IFS= read -r line; do printf '%s\\n' "$line"; done <<'END' | sed "s#COPY#$copy#g" >&${to}\n${text.replace(/\n$/, '')}\nEND\n`;
  return [
    '#!/bin/sh',
    'PATH=/usr/bin:/bin',
    'for copy; do :; done',
    'cat > /dev/null',
    ...(stdout === '' ? [] : [write(stdout, '1')]),
    ...(stderr === '' ? [] : [write(stderr, '2')]),
    `exit ${code}`,
    '',
  ].join('\n');
}

const shown = (problems: readonly CheckerProblem[] | undefined): unknown =>
  problems?.map(({ line, column, severity, isSyntax }) => [
    line,
    column,
    severity === 'warning' ? 'W' : isSyntax ? 'S' : 'E',
  ]);

describe('what a tool writes is understood:', () => {
  let machine: SampleMachine;

  beforeEach(async () => {
    machine = await SampleMachine.create();
  });
  afterEach(() => machine.remove());

  for (const [index, recorded] of RECORDED.entries()) {
    const { tool, version, file, text, problems } = recorded;
    it(`${tool.name} ${version}, ${index}`, async () => {
      const languageId = tool.languageIds[0] ?? '';
      const [program = ''] = tool.programs({ uri: machine.uri(file), languageId, text });
      await machine.program(`bin/${program}`, standIn(recorded));
      const checker = commandChecker(tool, machine.tools());
      const found = await checker.check({ uri: machine.uri(file), languageId, text }, never);
      assert.deepEqual(
        shown(found),
        problems.map((problem) => problem.slice(0, 3)),
      );
      for (const [at, [, , , pattern]] of problems.entries())
        assert.match(found?.[at]?.message ?? '', pattern);
      assert.ok(!JSON.stringify(found).includes('youtu-check'), 'the private folder is in a message');
    });
  }

  for (const tool of [
    RUBY,
    PHP,
    RUFF,
    PYFLAKES,
    C_FAMILY,
    SHELL,
    NODE,
    GOFMT,
    GO_BUILD,
    GO_VET,
    RUST,
    JAVA,
  ]) {
    it(`${tool.name} that answers with something else has no verdict`, async () => {
      const languageId = tool.languageIds[0] ?? '';
      const file = { uri: machine.uri('a.x'), languageId, text: 'text\n' };
      const [program = ''] = tool.programs(file);
      for (const code of [0, 1, 2]) {
        await machine.program(`bin/${program}`, `#!/bin/sh\necho hello\necho world >&2\nexit ${code}\n`);
        assert.equal(
          await commandChecker(tool, machine.tools()).check(file, never),
          undefined,
          `exit ${code}`,
        );
      }
      await machine.program(`bin/${program}`, '#!/bin/sh\nexit 3\n');
      assert.equal(await commandChecker(tool, machine.tools()).check(file, never), undefined);
    });
  }
});
