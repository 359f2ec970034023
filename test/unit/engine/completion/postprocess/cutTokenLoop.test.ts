import { cutTokenLoop } from '../../../../../src/engine/completion/postprocess/cutTokenLoop.js';
import { describeRule } from './ruleTable.js';

describeRule('a line that goes round in circles', cutTokenLoop, {
  'is dropped': [
    ['x = ▮', 'ab'.repeat(12), ''],
    ['x = ▮', `f(${'get('.repeat(20)}`, ''],
    ['x = ▮', '1;\ny = ' + 'a.b.'.repeat(10), '1;'],
    ['// ▮', 'and so on '.repeat(10) + 'and so on ', ''],
  ],
  'leaves separators, numbers and short repetitions alone': [
    ['// ▮', '-'.repeat(40), '-'.repeat(40)],
    ['// ▮', '=-'.repeat(20), '=-'.repeat(20)],
    ['x = [▮', '0, '.repeat(20), '0, '.repeat(20)],
    ['x = ▮', 'a.b.a.b.a.b;', 'a.b.a.b.a.b;'],
    ['x = ▮', '"aaaaaaaaaaaaaaaaaaaaaaaaaaaa', '"aaaaaaaaaaaaaaaaaaaaaaaaaaaa'],
  ],
});
