import assert from 'node:assert/strict';
import { faultOf } from '../../../bench/edit/outcome.js';
import { PYTHON_INSTRUCTIONS } from '../../../bench/edit/pythonInstructions.js';
import { SCRIPT_INSTRUCTIONS } from '../../../bench/edit/scriptInstructions.js';

const ALL = [...PYTHON_INSTRUCTIONS, ...SCRIPT_INSTRUCTIONS];
/** Right edits of some tasks, one of each kind of check. */
const RIGHT: Readonly<Record<string, string>> = {
  'return 0 for an empty list': 'def mean(values):\n    return sum(values) / len(values) if values else 0\n',
  'sort the imports': 'import abc\nimport json\nimport os\nimport sys\n',
  'use map': 'function doubled(numbers) {\n  return numbers.map((each) => each * 2);\n}\n',
  'use async and await':
    'async function load(fetch, url) {\n  const response = await fetch(url);\n  return response.json();\n}\n',
  'make all properties readonly':
    'export interface Config {\n  readonly host: string;\n  readonly port: number;\n}\n',
};

describe('the outcome of an edit in the benchmark', function () {
  this.timeout(120_000);

  it('is asked of 60 different tasks', () => {
    assert.equal(ALL.length, 60);
    assert.equal(new Set(ALL.map(({ instruction, text }) => instruction + text)).size, 60);
  });

  it('is wrong when nothing was changed, in each task', async () => {
    for (const task of ALL) assert.notEqual(await faultOf(task, task.text), undefined, task.instruction);
  });

  for (const [instruction, text] of Object.entries(RIGHT))
    it(`is right where “${instruction}” was done`, async () => {
      const task = ALL.find((each) => each.instruction === instruction);
      assert.ok(task);
      assert.equal(await faultOf(task, text), undefined);
    });
});
