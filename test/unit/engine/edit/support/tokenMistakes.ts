/** Texts with one token too many, too few or misspelt. */

export interface Mistake {
  readonly languageId: string;
  readonly broken: string;
  readonly fixed: string;
  /** From 0; the first line that differs if left out. */
  readonly line?: number;
  readonly message?: string;
}

export const TOKENS: readonly Mistake[] = [
  { languageId: 'python', broken: 'print(max(1, 2)\nx = 1\n', fixed: 'print(max(1, 2))\nx = 1\n' },
  { languageId: 'python', broken: 'def f(a)\n    return a\n', fixed: 'def f(a):\n    return a\n' },
  {
    languageId: 'python',
    broken: 'if a:  # why\n    b = [1, 2  # two\n',
    fixed: 'if a:  # why\n    b = [1, 2]  # two\n',
  },
  { languageId: 'python', broken: 'print("hello)\n', fixed: 'print("hello")\n' },
  { languageId: 'python', broken: 'print("hello\')\n', fixed: 'print("hello")\n' },
  {
    languageId: 'python',
    broken: 'a = {\n    "b": 1\n    "c": 2,\n}\n',
    fixed: 'a = {\n    "b": 1,\n    "c": 2,\n}\n',
    line: 2,
  },
  { languageId: 'python', broken: 'if a = 1:\n    pass\n', fixed: 'if a == 1:\n    pass\n' },
  { languageId: 'python', broken: 'f(1, 2))\n', fixed: 'f(1, 2)\n' },
  { languageId: 'python', broken: 'wihle True:\n    pass\n', fixed: 'while True:\n    pass\n' },
  {
    languageId: 'java',
    broken: 'class A {\n  int f() {\n    int a = 1\n    return a;\n  }\n}\n',
    fixed: 'class A {\n  int f() {\n    int a = 1;\n    return a;\n  }\n}\n',
    line: 3,
  },
  { languageId: 'typescript', broken: 'if (a(b) {\n  c();\n}\n', fixed: 'if (a(b)) {\n  c();\n}\n' },
  {
    languageId: 'typescript',
    broken: 'function f() {\n  if (a) {\n    b();\n}\nf();\n',
    fixed: 'function f() {\n  if (a) {\n    b();\n  }\n}\nf();\n',
    line: 1,
  },
  { languageId: 'javascript', broken: 'const a = { b: 1 c: 2 };\n', fixed: 'const a = { b: 1, c: 2 };\n' },
  { languageId: 'javascript', broken: 'f([1, 2);\n', fixed: 'f([1, 2]);\n' },
  {
    languageId: 'go',
    broken: 'package a\n\nfunc f() int {\n\treturn (1 + 2\n}\n',
    fixed: 'package a\n\nfunc f() int {\n\treturn (1 + 2)\n}\n',
  },
  { languageId: 'rust', broken: 'fn f() {\n    g("a";\n}\n', fixed: 'fn f() {\n    g("a");\n}\n' },
  {
    languageId: 'shellscript',
    broken: 'if [ -d a ]\n  echo b\nfi\n',
    fixed: 'if [ -d a ]; then\n  echo b\nfi\n',
  },
  {
    languageId: 'javascript',
    broken: "if (typeof a === 'object || a === null) {\n  b();\n}\n",
    fixed: "if (typeof a === 'object' || a === null) {\n  b();\n}\n",
  },
  {
    languageId: 'typescript',
    broken: 'f(\'object");\ng("a", "b");\n',
    fixed: 'f("object");\ng("a", "b");\n',
  },
  {
    languageId: 'go',
    broken: 'package a\n\nfunc f() {\n\tg(\'gob: "+h)\n}\n',
    fixed: 'package a\n\nfunc f() {\n\tg("gob: "+h)\n}\n',
  },
  { languageId: 'json', broken: '{\n  \'a": 1\n}\n', fixed: '{\n  "a": 1\n}\n' },
  { languageId: 'css', broken: '.a {\n  padding 1em;\n}\n', fixed: '.a {\n  padding: 1em;\n}\n' },
  {
    languageId: 'c',
    broken: 'int f(void) {\n  int a = 1 /* one */\n  return a;\n}\n',
    fixed: 'int f(void) {\n  int a = 1; /* one */\n  return a;\n}\n',
  },
  {
    languageId: 'java',
    broken: 'public interface A \n    int f();\n}\n',
    fixed: 'public interface A {\n    int f();\n}\n',
  },
  {
    languageId: 'shellscript',
    broken: 'for a in b; do\n  echo $a\ndne\necho c\n',
    fixed: 'for a in b; do\n  echo $a\ndone\necho c\n',
    line: 3,
  },
  { languageId: 'python', broken: 'print((1)\nx = 1\n', fixed: 'print(1)\nx = 1\n' },
  // Without a grammar, the language's own service tells which token it is.
  { languageId: 'json', broken: '{\n  "a": [1,, 2]\n}\n', fixed: '{\n  "a": [1, 2]\n}\n' },
  { languageId: 'json', broken: '{\n  "a": {}},\n  "b": 1\n}\n', fixed: '{\n  "a": {},\n  "b": 1\n}\n' },
  {
    languageId: 'json',
    broken: '{\n  "a": [1, 2,\n  "b": 3\n}\n',
    fixed: '{\n  "a": [1, 2],\n  "b": 3\n}\n',
    line: 2,
  },
  { languageId: 'json', broken: '{\n  "a": 1,\n}\n', fixed: '{\n  "a": 1\n}\n' },
  { languageId: 'json', broken: '{\n  "a": "b,\n  "c": 1\n}\n', fixed: '{\n  "a": "b",\n  "c": 1\n}\n' },
  { languageId: 'json', broken: '{\n  "a" 1\n}\n', fixed: '{\n  "a": 1\n}\n' },
  {
    languageId: 'json',
    broken: '{\n  "a": 1\n  "b": 2\n}\n',
    fixed: '{\n  "a": 1,\n  "b": 2\n}\n',
    line: 2,
  },
  {
    languageId: 'c',
    broken: 'struct point\n  int x;\n  int y;\n};\n',
    fixed: 'struct point {\n  int x;\n  int y;\n};\n',
  },
  // Within a line, where only one place is correct.
  {
    languageId: 'go',
    broken: 'package a\n\nfunc f(a *b.C d.E {\n\treturn a.g()\n}\n',
    fixed: 'package a\n\nfunc f(a *b.C) d.E {\n\treturn a.g()\n}\n',
  },
  {
    languageId: 'java',
    broken: 'interface A {\n  int f);\n}\n',
    fixed: 'interface A {\n  int f();\n}\n',
  },
  {
    languageId: 'java',
    broken: 'class A {\n  void f(int a,\n         int b\n      throws C {\n  }\n}\n',
    fixed: 'class A {\n  void f(int a,\n         int b)\n      throws C {\n  }\n}\n',
  },
  {
    languageId: 'go',
    broken: 'package a\n\nfunc f() (int, bool) {\n\treturn 0 false\n}\n',
    fixed: 'package a\n\nfunc f() (int, bool) {\n\treturn 0, false\n}\n',
  },
  {
    languageId: 'go',
    broken: 'package a\n\nvar b = c.d[]\n',
    fixed: 'package a\n\nvar b = c.d[:]\n',
  },
  {
    languageId: 'go',
    broken: 'package a\n\nfunc f() {\n\tif _, ok := a.(b) ok {\n\t}\n}\n',
    fixed: 'package a\n\nfunc f() {\n\tif _, ok := a.(b); ok {\n\t}\n}\n',
  },
  {
    languageId: 'typescript',
    broken: 'interface A<B extends C[] = C[] D extends E = E> {\n  f: B;\n}\n',
    fixed: 'interface A<B extends C[] = C[], D extends E = E> {\n  f: B;\n}\n',
  },
  {
    languageId: 'css',
    broken: '.a {\n  display: block\n  overflow-x: auto;\n}\n',
    fixed: '.a {\n  display: block;\n  overflow-x: auto;\n}\n',
    line: 2,
  },
  {
    languageId: 'json',
    broken: '{\n  "a": true,\n  "b":\n    "c": 1\n  }\n}\n',
    fixed: '{\n  "a": true,\n  "b": {\n    "c": 1\n  }\n}\n',
    line: 3,
  },
  { languageId: 'json', broken: '{\n  "a": fale\n}\n', fixed: '{\n  "a": false\n}\n' },
  {
    languageId: 'shellscript',
    broken: 'if [ -f "$a" ] then\n  b\nfi\n',
    fixed: 'if [ -f "$a" ]; then\n  b\nfi\n',
  },
  {
    languageId: 'shellscript',
    broken: 'if [ "$a" = "b" ; then\n  c\nfi\n',
    fixed: 'if [ "$a" = "b" ]; then\n  c\nfi\n',
  },
  {
    languageId: 'python',
    broken: "a = f('B\", 'C', 'D')\n",
    fixed: "a = f('B', 'C', 'D')\n",
  },
  {
    languageId: 'python',
    broken: 'class A:\n    def f(self reader):\n        return reader\n',
    fixed: 'class A:\n    def f(self, reader):\n        return reader\n',
  },
  {
    languageId: 'javascript',
    broken: 'function f() {{\n  a();\n  b();\n}\n\nfunction g() {\n  c();\n}\n',
    fixed: 'function f() {\n  a();\n  b();\n}\n\nfunction g() {\n  c();\n}\n',
    line: 7,
  },
  {
    languageId: 'css',
    broken: '.a {\n  color: #ffffff\n\n  background: #222;\n}\n',
    fixed: '.a {\n  color: #ffffff;\n\n  background: #222;\n}\n',
    line: 3,
  },
];
