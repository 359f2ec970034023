import { trimLeadingBlank } from '../../../../../src/engine/completion/postprocess/trimLeadingBlank.js';
import { describeRule } from './ruleTable.js';

describeRule('where the text meets the line', trimLeadingBlank, {
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
