import { dropSimilarBlockBelow } from '../../../../../src/engine/completion/postprocess/dropSimilarBlockBelow.js';
import { describeRule } from './ruleTable.js';

const BELOW = 'const first = read(input);\nconst second = parse(first, options);\nreturn convert(second);';

describeRule('the next lines', dropSimilarBlockBelow, {
  'are not repeated with small differences': [
    [`▮\n${BELOW}`, BELOW, ''],
    [`▮\n${BELOW}`, BELOW.replace('options', 'option'), ''],
    [`▮\n${BELOW}`, BELOW.replace('read(', 'load('), ''],
    [
      `const ▮\n${BELOW}`,
      `first = read(input);\nconst second = parse(first, option);\nreturn convert(second);`,
      '',
    ],
    [`▮\n\n${BELOW}`, `${BELOW.replace('(input)', '(inputs)')}\nmore();`, ''],
  ],
  'may be similar': [
    [
      `▮\n${BELOW}`,
      BELOW.replaceAll('first', 'third').replace('read', 'fetch'),
      BELOW.replaceAll('first', 'third').replace('read', 'fetch'),
    ],
    [`▮\n${BELOW}`, 'const first = read(inputs);', 'const first = read(inputs);'],
    ['▮', BELOW, BELOW],
    ['▮\nonly();', BELOW, BELOW],
  ],
});
