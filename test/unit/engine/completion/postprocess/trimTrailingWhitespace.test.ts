import { trimTrailingWhitespace } from '../../../../../src/engine/completion/postprocess/trimTrailingWhitespace.js';
import { describeRule } from './ruleTable.js';

describeRule('blanks at the ends', trimTrailingWhitespace, {
  'of lines go': [
    ['x = ▮', '1   ', '1'],
    ['▮', 'a \t\nb  ', 'a\nb'],
  ],
  'of the text go': [
    ['    ▮', 'a = 1\n\n\n', 'a = 1'],
    ['x = ▮', ' \n \n', ''],
  ],
  'at its start stay': [['a();▮', '\n  b();', '\n  b();']],
});
