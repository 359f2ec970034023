/** Mistakes on one line that have one right answer, and such that have two. */
import type { Mistake } from './tokenMistakes.js';

const go = (line: string): string => `package a\n\n${line}\n`;
const within = (line: string): string => `package a\n\nfunc f() {\n\t${line}\n}\n`;

export const LINE_MISTAKES: readonly Mistake[] = [
  // Commas and colons.
  { languageId: 'python', broken: 'from a import b c\n', fixed: 'from a import b, c\n' },
  {
    languageId: 'python',
    broken: "a = [('b' c),\n     ('d', e)]\n",
    fixed: "a = [('b', c),\n     ('d', e)]\n",
  },
  {
    languageId: 'go',
    broken: within('f(\n\t\t"a b" "c",\n\t)'),
    fixed: within('f(\n\t\t"a b", "c",\n\t)'),
    line: 4,
  },
  {
    languageId: 'go',
    broken: within('if _ ok := a(); ok {\n\t}'),
    fixed: within('if _, ok := a(); ok {\n\t}'),
  },
  {
    languageId: 'go',
    broken: go('var a = map[string]int{\n\t"b" 1,\n\t"c": 2,\n}'),
    fixed: go('var a = map[string]int{\n\t"b": 1,\n\t"c": 2,\n}'),
  },
  {
    languageId: 'java',
    broken: 'interface A {\n  void f(int a\n         int b);\n}\n',
    fixed: 'interface A {\n  void f(int a,\n         int b);\n}\n',
  },
  {
    languageId: 'go',
    broken: within('switch a {\n\tcase b == "c"\n\t\tf()\n\t}'),
    fixed: within('switch a {\n\tcase b == "c":\n\t\tf()\n\t}'),
  },
  {
    languageId: 'typescript',
    broken: 'class A {\n  f() string | null {\n    return null;\n  }\n}\n',
    fixed: 'class A {\n  f(): string | null {\n    return null;\n  }\n}\n',
  },
  {
    languageId: 'typescript',
    broken: 'interface A {\n  f(\n    key: string,\n    value Entry,\n  ): void;\n}\n',
    fixed: 'interface A {\n  f(\n    key: string,\n    value: Entry,\n  ): void;\n}\n',
  },
  { languageId: 'c', broken: 'int a = b ? 1  2;\n', fixed: 'int a = b ? 1 : 2;\n' },
  { languageId: 'cpp', broken: 'int f() { return a++ }\n', fixed: 'int f() { return a++; }\n' },
  // Quotes.
  { languageId: 'javascript', broken: "use strict';\nf();\n", fixed: "'use strict';\nf();\n" },
  {
    languageId: 'javascript',
    broken: 'f({\n  url: https://a.b/c",\n});\n',
    fixed: 'f({\n  url: "https://a.b/c",\n});\n',
  },
  {
    languageId: 'go',
    broken: within("if a == 'b && c == 'd' {\n\t}"),
    fixed: within("if a == 'b' && c == 'd' {\n\t}"),
  },
  {
    languageId: 'go',
    broken: within("switch a {\n\tcase \\r':\n\t}"),
    fixed: within("switch a {\n\tcase '\\r':\n\t}"),
  },
  { languageId: 'go', broken: within('return ", false'), fixed: within('return "", false') },
  {
    languageId: 'java',
    broken: 'class A {\n  String a = "[b=" + b + "];\n}\n',
    fixed: 'class A {\n  String a = "[b=" + b + "]";\n}\n',
  },
  {
    languageId: 'python',
    broken: 'def f(self):\n    g("a-%d % self.b())\n',
    fixed: 'def f(self):\n    g("a-%d" % self.b())\n',
  },
  {
    languageId: 'c',
    broken: 'void f(int size_b) { printf("%d, size_b); }\n',
    fixed: 'void f(int size_b) { printf("%d", size_b); }\n',
  },
  { languageId: 'python', broken: "a = ['b', 'c, 'd', 'e']\n", fixed: "a = ['b', 'c', 'd', 'e']\n" },
  { languageId: 'json', broken: '{\n  "a/b: "^1.0"\n}\n', fixed: '{\n  "a/b": "^1.0"\n}\n' },
  {
    languageId: 'python',
    broken: 'class A:\n    """A store.\n\n    b = 1\n',
    fixed: 'class A:\n    """A store."""\n\n    b = 1\n',
  },
  // Shells notice at the end.
  {
    languageId: 'shellscript',
    broken: 'a=$a -b"\nif c "$a"; then\n  d\nfi\n',
    fixed: 'a="$a -b"\nif c "$a"; then\n  d\nfi\n',
    line: 3,
  },
  {
    languageId: 'shellscript',
    broken: 'case $a in\n  b)\n    c\n    ;\n  d) e ;;\nesac\n',
    fixed: 'case $a in\n  b)\n    c\n    ;;\n  d) e ;;\nesac\n',
    line: 3,
  },
  // Brackets.
  {
    languageId: 'java',
    broken: 'class A {\n  void setSizeint a, int b) {\n  }\n}\n',
    fixed: 'class A {\n  void setSize(int a, int b) {\n  }\n}\n',
  },
  {
    languageId: 'javascript',
    broken: 'a = {\n  create((b) {\n    c();\n  },\n};\n',
    fixed: 'a = {\n  create(b) {\n    c();\n  },\n};\n',
  },
  { languageId: 'shellscript', broken: 'a=$((b + 1)\nc\n', fixed: 'a=$((b + 1))\nc\n' },
  { languageId: 'javascript', broken: 'const a = b || {\nc.d();\n', fixed: 'const a = b || {}\nc.d();\n' },
  {
    languageId: 'python',
    broken: 'def f(a, b):\n    raise E("c" % a from b\n',
    fixed: 'def f(a, b):\n    raise E("c" % a) from b\n',
  },
  { languageId: 'javascript', broken: 'f(() => {\n  g();\n)};\n', fixed: 'f(() => {\n  g();\n});\n' },
  { languageId: 'javascript', broken: 'f(`a ${b(c)`);\n', fixed: 'f(`a ${b(c)}`);\n' },
  // Words.
  { languageId: 'python', broken: 'a = [b for b c if b]\n', fixed: 'a = [b for b in c if b]\n' },
  {
    languageId: 'python',
    broken: 'class A:\n    load(self, a):\n        return a\n',
    fixed: 'class A:\n    def load(self, a):\n        return a\n',
  },
  {
    languageId: 'javascript',
    broken: 'export async walk(a) {\n  b(a);\n}\n',
    fixed: 'export async function walk(a) {\n  b(a);\n}\n',
  },
  { languageId: 'c', broken: '#include <stdio.h\n\nint a;\n', fixed: '#include <stdio.h>\n\nint a;\n' },
];

/** Two answers are as likely, or what parses means something else. */
export const UNDECIDED: readonly (readonly [languageId: string, broken: string, line: number])[] = [
  ['python', 'if a.endswith((".b", ".c"):\n    d()\n', 0],
  ['python', 'a.append((b, c)\n', 0],
  ['javascript', 'throw new Error("unknown command: + process.argv[2]);\n', 0],
  ['cpp', "void f() {\n  cout << \"a: << b << '\\n';\n}\n", 1],
  ['shellscript', 'printf \'%s\\n "$a"\necho b\n', 0],
];
