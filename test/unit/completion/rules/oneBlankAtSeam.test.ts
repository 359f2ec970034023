import { oneBlankAtSeam } from '../../../../src/engine/completion/rules/oneBlankAtSeam.js';
import { describeRule } from './ruleTable.js';

describeRule('where the text meets the line', oneBlankAtSeam, {
  'there is one blank': [
    ['return ▮', ' value', 'value'],
    ['return ▮', '  value', 'value'],
    ['return ▮', 'value', 'value'],
    ['return▮', ' value', ' value'],
    ['x = 1▮', '  # one', '  # one', 'python'],
    ['return\t▮', ' value', 'value'],
  ],
  'indentation is no such blank': [
    ['    ▮', '    if a:', '    if a:', 'python'],
    ['▮', '  a', '  a'],
  ],
});
