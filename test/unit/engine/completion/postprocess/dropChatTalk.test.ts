import { dropChatTalk } from '../../../../../src/engine/completion/postprocess/dropChatTalk.js';
import { describeRule } from './ruleTable.js';

describeRule('a sentence to the user', dropChatTalk, {
  'is dropped instead of code': [
    ['const a = ▮', 'Sure, here is the code:\nfoo()', ''],
    ['const a = ▮', 'Certainly! Below is', ''],
    ['const a = ▮', "Here's the completed function", ''],
    ['▮', 'Here is an example of how', ''],
    ['▮', 'To complete the function you can', ''],
    ['▮', 'To fix this code, add', ''],
    ['▮', "I'm sorry, but I", ''],
    ['▮', 'As an AI language model', ''],
    ['const a = ▮', '当然，以下是代码', ''],
    ['const a = ▮', '好的，这是代码', ''],
    ['▮', 'This code snippet demonstrates how to', ''],
    ['▮', 'The above code defines', ''],
    ['▮', 'Explanation:\n', ''],
  ],
  'keeps names that begin like one': [
    ['▮', 'surely(1)', 'surely(1)'],
    ['▮', 'hereIsTheToken = 1', 'hereIsTheToken = 1'],
    ['▮', 'okay = True', 'okay = True', 'python'],
    ['▮', 'to_complete(the)', 'to_complete(the)', 'python'],
  ],
  'is kept in prose': [
    ['# ▮', "Here's how it works", "Here's how it works", 'markdown'],
    ['▮', 'Sure, that works.', 'Sure, that works.', 'plaintext'],
  ],
  'is kept in a comment': [
    ['// ▮', "Here's the trick", "Here's the trick"],
    ['/** ▮', 'This code snippet demonstrates', 'This code snippet demonstrates'],
  ],
});
