import { dropRepeatedNextLine } from '../../../../../src/engine/completion/postprocess/dropRepeatedNextLine.js';
import { describeRule } from './ruleTable.js';

describeRule('the line below', dropRepeatedNextLine, {
  'is not repeated': [
    ['a();\n▮\nconsole.log(result);', 'console.log(result);', ''],
    ['a();\n▮\nconsole.log(result);', 'console.log(result)', ''],
    ['a();\n▮\n\nconsole.log(result);', 'console.log(result);', ''],
    ['const a▮\nconst a = compute(1);', ' = compute(1);', ''],
    ['  a,\n  ▮\n  excess,\n  char,', 'excess,', ''],
    ['case 1:\n  ▮\n  break;', 'break;', ''],
    ['/**\n * ▮\n */', 'Text.\n */', 'Text.'],
  ],
  'ends the text': [
    ['a();\n▮\nconsole.log(result);', 'b();\nconsole.log(result);', 'b();'],
    ['case 1:\n  ▮\n  break;', 'foo();\n  break;\ncase 2:', 'foo();'],
    ['a()\n▮\nreturn total', 'b()\n  return total', 'b()\n  return total', 'python'],
  ],
  'ends the text where one of the next few follows': [
    [
      'cat <<EOF\n[Service]\n▮\n\n[Install]\nWantedBy=a\nEOF\nls',
      'Restart=always\nEOF',
      'Restart=always',
      'shellscript',
    ],
    ['1. Build\n2. ▮\n3. Push the tag', 'Push the tag', '', 'markdown'],
    ['1. Build\n2. ▮\n3. Push the tag', 'Test\n3. Merge', 'Test', 'markdown'],
    ['1. Build\n1. ▮\n1. Push the tag', 'Test\n1. Merge', 'Test\n1. Merge', 'markdown'],
    ['1. Build\n▮\n3. Push the tag', '2. Test\n4. Push the tag', '2. Test', 'markdown'],
    [
      '.a {\n  ▮\n  padding: 1rem;\n  border-radius: 4px;\n}',
      'margin: 0;\n  border-radius: 4px;',
      'margin: 0;',
      'css',
    ],
  ],
  'ends no text that only looks like what is further below': [
    [
      '{\n  ▮\n  "b": {\n    "type": "string",\n  }',
      '"a": {\n    "type": "string",\n  },',
      '"a": {\n    "type": "string",\n  },',
      'jsonc',
    ],
    ['cat <<EOF\na\n▮', 'b\nEOF', 'b\nEOF', 'shellscript'],
  ],
  'may be similar': [
    [
      '▮\nEXPECT_TRUE(info.features.F);',
      'EXPECT_TRUE(info.features.A);',
      'EXPECT_TRUE(info.features.A);',
      'cpp',
    ],
    ['▮\nexports.set(\n  "a",\n);', 'exports.set(\n  "b",\n);', 'exports.set(\n  "b",\n);'],
    ['▮\nexpect(add(1, 2)).toBe(3);', 'expect(add(1, 1)).toBe(2);', 'expect(add(1, 1)).toBe(2);'],
    [
      '▮\nconst byte40 = read(buffer, 40, "little");',
      'const byte30 = read(buffer, 30, "little");',
      'const byte30 = read(buffer, 30, "little");',
    ],
    ['if (a) {\n▮\n}', 'if (b) {\n  c();\n}', 'if (b) {\n  c();\n}'],
    ['if x:\n    ▮\nreturn None', 'return None', 'return None', 'python'],
    ['x = ▮', '1', '1'],
  ],
});
