import { describeImports, lines, type ImportCase } from './support/importCase.js';

const CASES: readonly ImportCase[] = [
  {
    behaviour: 'TypeScript: named imports without bodies, and nothing else of the file',
    files: {
      'src/shop.ts': lines(
        'import { Item } from "./item.js";',
        '/** Adds up. */',
        'export function total(items: readonly Item[], tax = 0.2): number {',
        '  return 1;',
        '}',
        'export const LIMIT = 99;',
        'export const unused = () => 1;',
        'function hidden() {}',
      ),
      'src/item.ts':
        'export interface Item { name: string; /* cents */ price: number }\nexport class Other {}\n',
    },
    at: ['src/main.ts', "import { total, LIMIT as MAX } from './shop.js';\n\ntotal(▮"],
    shown: {
      'src/shop.ts': lines(
        'export function total(items: readonly Item[], tax = 0.2): number;',
        'export const LIMIT = 99;',
      ),
      // The signature refers to it.
      'src/item.ts': 'export interface Item {\n  name: string;\n  price: number;\n}',
    },
  },
  {
    behaviour: 'TypeScript: a class with its fields and method signatures, but no private members',
    files: {
      'cart.ts': lines(
        'export class Cart extends Base<Item> implements Bag {',
        '  static readonly MAX = 10;',
        '  private secret = 1;',
        '  #hidden = 2;',
        '  items: Item[] = [];',
        '  constructor(private readonly owner: string) {',
        '    super();',
        '  }',
        '  get size(): number { return 0; }',
        '  @log() async add(item: Item, count?: number): Promise<void> {}',
        '  remove = (name: string): boolean => { return true; };',
        '  private check() {}',
        '}',
      ),
    },
    at: ['main.ts', "import type { Cart } from './cart';\n▮"],
    shown: {
      'cart.ts': lines(
        'export class Cart extends Base<Item> implements Bag {',
        '  static readonly MAX = 10;',
        '  items: Item[] = [];',
        '  constructor(private readonly owner: string);',
        '  get size(): number;',
        '  async add(item: Item, count?: number): Promise<void>;',
        '  remove(name: string): boolean;',
        '}',
      ),
    },
  },
  {
    behaviour: 'TypeScript: through re-exports, default exports, namespaces and require',
    files: {
      'lib/index.ts':
        "export * from './a';\nexport { inner as b } from './b';\nexport { default as C } from './c';\n",
      'lib/a.ts': 'export const a = 1;\n',
      'lib/b.ts': 'export function inner(x: number): void {}\n',
      'lib/c.ts': 'export default class Name { m(): void {} }\n',
      'd.ts': 'export type D = 1 | 2;\nexport enum E { F = "f" }\n',
      'g.js': 'exports.g = function (h) {};\n',
    },
    at: [
      'main.ts',
      "import { a, b, C } from './lib';\nimport * as d from './d';\nconst { g } = require('./g');\n▮",
    ],
    shown: {
      'lib/a.ts': 'export const a = 1;',
      'lib/b.ts': 'export function inner(x: number): void;',
      'lib/c.ts': 'export default class Name {\n  m(): void;\n}',
      'd.ts': 'export type D = 1 | 2;\nexport enum E {\n  F = "f",\n}',
      'g.js': 'function g(h);',
    },
  },
  {
    behaviour: 'JavaScript: CommonJS exports, fields set in constructors, methods assigned outside the class',
    files: {
      'a.js': lines(
        "const inner = require('./b');",
        'function used(x) {}',
        'function hidden() {}',
        'const limits = (module.exports = {',
        '  max: 10,',
        '  used,',
        '  find: async (name) => {},',
        '  close(now) {},',
        '});',
        'exports.list = exports.all = [1, 2];',
      ),
      'b.js':
        'class B {\n  #c = 1;\n  constructor(d) {\n    this.d = d;\n    this.e = {};\n  }\n  f() {}\n}\nmodule.exports = B;\n',
      'g.js':
        "function G(h) {\n  this.h = h;\n}\nG.prototype.run = function (i, j) {};\nmodule.exports = { G: G, K: require('./k') };\n",
      'k.js': 'exports.K = (l) => l;\n',
      'm.js':
        'function n(o) {}\nfunction hidden() {}\nmodule.exports = { n, p: async (q) => {}, r(s) {}, t: 1 };\n',
    },
    at: [
      'main.js',
      "const a = require('./a');\nconst B = require('./b');\nconst { G, K } = require('./g');\nconst m = require('./m');\n▮",
    ],
    shown: {
      'a.js': lines(
        'const limits = { max: 10, used, find: async (name) => {}, close(now) {} };',
        'exports.list = [1, 2];',
        'exports.all = [1, 2];',
      ),
      'b.js': 'class B {\n  this.d = d;\n  this.e = {};\n  constructor(d);\n  f();\n}',
      'g.js': 'function G(h);\n  this.h = h;\nG.prototype.run = function (i, j);',
      'k.js': 'function K(l);',
      'm.js': 'function n(o);\nasync function p(q);\nfunction r(s);\nexports.t = 1;',
    },
  },
  {
    behaviour: 'TypeScript: properties of long objects, also inside calls',
    files: {
      'a.ts': lines(
        'export const TYPES = Object.freeze({',
        "  Open: 'open', // a remark",
        "  Text: 'a value that is so long that the whole of the object is not short any more',",
        '  make(name: string) { return name; },',
        '  test: (a: number): boolean => a > 1,',
        '} as const);',
        "export default { name: 'x', setup() {} };",
      ),
    },
    at: ['main.ts', "import a, { TYPES } from './a';\n▮"],
    shown: {
      'a.ts': lines(
        'export const TYPES = Object.freeze({',
        "  Open: 'open',",
        "  Text: 'a value that is so long that the whole of the object is not short any more',",
        '  make(name: string) {…},',
        '  test(a: number): boolean {…},',
        '} as const);',
        "export default { name: 'x', setup() {} };",
      ),
    },
  },
  {
    behaviour: "TypeScript: through tsconfig's paths and packages of the same repository",
    files: {
      'tsconfig.json': '{ // comment\n "compilerOptions": { "paths": { "@/*": ["./app/*"] }, }, }',
      'app/x.tsx': 'export function X(props: { y: string }) { return <p />; }\n',
    },
    at: ['deep/down/main.ts', "import { X } from '@/x';\nimport { readFile } from 'node:fs';\n▮"],
    shown: { 'app/x.tsx': 'export function X(props: { y: string });' },
  },
  {
    behaviour: 'TypeScript: overloads, but not their implementation',
    files: {
      'o.ts':
        'export function o(a: string): void;\nexport function o(a: number): void;\nexport function o(a: any) {}\n',
    },
    at: ['main.ts', "import { o } from './o';\n▮"],
    shown: { 'o.ts': 'export function o(a: string): void;\nexport function o(a: number): void;' },
  },
  {
    behaviour: 'lines that end in \\r\\n as lines that end in \\n',
    files: {
      'a.ts':
        'export function a(\r\n  b: string,\r\n): void {\r\n}\r\nexport interface C {\r\n  d: 1;\r\n}\r\n',
    },
    at: ['main.ts', "import { a, C } from './a';\r\n▮"],
    shown: { 'a.ts': 'export function a(b: string): void;\nexport interface C {\n  d: 1;\n}' },
  },
  {
    behaviour: 'files that import each other, and a circular re-export',
    files: {
      'a.ts': "import { main } from './main';\nexport { lost } from './b';\nexport const a = main;\n",
      'b.ts': "export { lost } from './a';\nexport * from './a';\n",
    },
    at: ['main.ts', "import { a, lost } from './a';\nimport { x } from './b';\nexport const main = 1;\n▮"],
    shown: { 'a.ts': 'export const a = main;' },
  },
  {
    behaviour: 'nothing from missing files, outside folders or packages',
    files: { '../outside.ts': 'export const outside = 1;\n' },
    at: [
      'main.ts',
      "import { a } from './missing';\nimport { outside } from '../outside';\nimport react from 'react';\nimport '';\n▮",
    ],
    shown: {},
  },
  {
    behaviour: 'nothing for a language without import support',
    files: { 'a.css': 'a {}' },
    at: ['main.css', '@import "a.css";\n▮'],
    shown: {},
  },
];

describe('context from imports in TypeScript and JavaScript', () => describeImports(CASES));
