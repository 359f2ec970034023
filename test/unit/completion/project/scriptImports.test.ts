import { describeImports, lines, type ImportCase } from './support/importCase.js';

const CASES: readonly ImportCase[] = [
  {
    behaviour: 'TypeScript: what is imported by name, without bodies, and nothing else of the file',
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
      // The signature speaks of it.
      'src/item.ts': 'export interface Item {\n  name: string;\n  price: number;\n}',
    },
  },
  {
    behaviour: 'TypeScript: a class with its fields and the signatures of its methods, but nothing private',
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
    behaviour: 'TypeScript: through files that only hand on, default exports, namespaces and require',
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
    behaviour: "TypeScript: through tsconfig's paths and packages of the same repository",
    files: {
      'tsconfig.json': '{ // comment\n "compilerOptions": { "paths": { "@/*": ["./app/*"] }, }, }',
      'app/x.tsx': 'export function X(props: { y: string }) { return <p />; }\n',
    },
    at: ['deep/down/main.ts', "import { X } from '@/x';\nimport { readFile } from 'node:fs';\n▮"],
    shown: { 'app/x.tsx': 'export function X(props: { y: string });' },
  },
  {
    behaviour: 'TypeScript: overloads, but not what implements them',
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
    behaviour: 'files that import each other, and a name that leads round in a circle',
    files: {
      'a.ts': "import { main } from './main';\nexport { lost } from './b';\nexport const a = main;\n",
      'b.ts': "export { lost } from './a';\nexport * from './a';\n",
    },
    at: ['main.ts', "import { a, lost } from './a';\nimport { x } from './b';\nexport const main = 1;\n▮"],
    shown: { 'a.ts': 'export const a = main;' },
  },
  {
    behaviour: 'nothing of files that are missing, of folders outside, or of packages',
    files: { '../outside.ts': 'export const outside = 1;\n' },
    at: [
      'main.ts',
      "import { a } from './missing';\nimport { outside } from '../outside';\nimport react from 'react';\nimport '';\n▮",
    ],
    shown: {},
  },
  {
    behaviour: 'nothing for a language whose imports are not known',
    files: { 'a.css': 'a {}' },
    at: ['main.css', '@import "a.css";\n▮'],
    shown: {},
  },
];

describe('what a completion is shown of files that TypeScript and JavaScript import', () =>
  describeImports(CASES));
