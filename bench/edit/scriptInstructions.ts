import ts from 'typescript';
import type { Instruction } from './instruction.js';

const javascript = (instruction: string, text: string, program: string): Instruction => ({
  languageId: 'javascript',
  instruction,
  text,
  program,
});
const typescript = (
  instruction: string,
  text: string,
  program: string,
  holds: (tree: ts.SourceFile) => boolean = () => true,
): Instruction => ({ languageId: 'typescript', instruction, text, program, holds });

const DOUBLE =
  'function doubled(numbers) {\n  const result = [];\n  for (let i = 0; i < numbers.length; i++) {\n    result.push(numbers[i] * 2);\n  }\n  return result;\n}\n';
const TITLE = 'function title(text) {\n  return text[0].toUpperCase() + text.slice(1);\n}\n';
const USER = "function label(user) {\n  return user.name + ' (' + user.age + ')';\n}\n";
const LOAD =
  'function load(fetch, url) {\n  return fetch(url).then((response) => {\n    return response.json();\n  });\n}\n';
const TOTAL =
  'function total(items) {\n  var sum = 0;\n  for (var i = 0; i < items.length; i++) {\n    sum += items[i].price * 1.19;\n  }\n  return sum;\n}\n';
const PARSE = 'function parse(text) {\n  return JSON.parse(text);\n}\n';
const LEFT_PAD =
  "function leftPad(text, length) {\n  while (text.length < length) {\n    text = ' ' + text;\n  }\n  return text;\n}\n";
const STACK =
  'class Stack {\n  constructor() {\n    this.items = [];\n  }\n\n  push(item) {\n    this.items.push(item);\n  }\n}\n';
const SIZE =
  "function size(bytes) {\n  if (bytes < 1024) {\n    return bytes + ' B';\n  } else {\n    return Math.round(bytes / 1024) + ' kB';\n  }\n}\n";
const ADD = 'export function add(a, b) {\n  return a + b;\n}\n';
const FIRST = 'export function first(items: string[]): string {\n  return items[0].trim();\n}\n';
const CONFIG = 'export interface Config {\n  host: string;\n  port: number;\n}\n';
const KIND =
  "export function area(kind: string, size: number): number {\n  switch (kind) {\n    case 'square':\n      return size * size;\n    default:\n      return 0;\n  }\n}\n";
const COMMENT = '// 返回较大的数\nfunction larger(a, b) {\n  return a > b ? a : b;\n}\n';
const equal = (expression: string, value: unknown): string =>
  `if (JSON.stringify(${expression}) !== ${JSON.stringify(JSON.stringify(value))}) throw new Error(${JSON.stringify(expression)});\n`;
const EMPTY_ITEMS = 'let x; try { x = first([]); } catch (error) { x = error; }\n';

function has(tree: ts.Node, isWanted: (node: ts.Node) => boolean): boolean {
  return isWanted(tree) || (ts.forEachChild(tree, (child) => has(child, isWanted)) ?? false);
}

function parameters(tree: ts.SourceFile): readonly ts.ParameterDeclaration[] {
  return tree.statements.find(ts.isFunctionDeclaration)?.parameters ?? [];
}

function members(tree: ts.SourceFile): readonly ts.TypeElement[] {
  return tree.statements.find(ts.isInterfaceDeclaration)?.members ?? [];
}

/** Written before any answer was seen. Each program throws when the outcome is wrong. */
export const SCRIPT_INSTRUCTIONS: readonly Instruction[] = [
  javascript(
    'use map',
    DOUBLE,
    `${equal('doubled([1, 2])', [2, 4])}if (!/\\.map\\(/.test(doubled + '')) throw new Error('map');`,
  ),
  javascript(
    'use a for...of loop',
    DOUBLE,
    `${equal('doubled([1, 2])', [2, 4])}if (!/ of numbers/.test(doubled + '')) throw new Error('of');`,
  ),
  javascript(
    'triple the numbers instead of doubling them',
    DOUBLE,
    equal('(typeof doubled === "function" ? doubled : tripled)([1, 2])', [3, 6]),
  ),
  javascript(
    'return an empty array if numbers is null or undefined',
    DOUBLE,
    equal('[doubled(null), doubled(undefined), doubled([1])]', [[], [], [2]]),
  ),
  javascript(
    'return an empty string for an empty text',
    TITLE,
    equal("[title(''), title('ab')]", ['', 'Ab']),
  ),
  javascript('make the rest of the text lower case', TITLE, equal("title('aBC')", 'Abc')),
  javascript(
    'rename the function to capitalize',
    TITLE,
    `${equal("capitalize('ab')", 'Ab')}if (typeof title !== 'undefined') throw new Error();`,
  ),
  javascript(
    'convert it to an arrow function',
    TITLE,
    `${equal("title('ab')", 'Ab')}if (!/^\\(?text\\)? =>/.test(title + '')) throw new Error(title + '');`,
  ),
  javascript(
    'use a template literal',
    USER,
    `${equal("label({ name: 'Ada', age: 36 })", 'Ada (36)')}if (!label.toString().includes('\`')) throw new Error();`,
  ),
  javascript(
    'destructure the parameter',
    USER,
    `${equal("label({ name: 'Ada', age: 36 })", 'Ada (36)')}if (!/\\{\\s*name,\\s*age\\s*\\}/.test(label + '')) throw new Error();`,
  ),
  javascript(
    "return 'unknown' if user is null",
    USER,
    equal("[label(null), label({ name: 'A', age: 1 })]", ['unknown', 'A (1)']),
  ),
  javascript(
    'use async and await',
    LOAD,
    "if (load.constructor.name !== 'AsyncFunction' || /\\.then/.test(load + '')) throw new Error();\nload(async () => ({ json: async () => 7 })).then((x) => { if (x !== 7) process.exit(1); });",
  ),
  javascript(
    'throw an error if response.ok is false',
    LOAD,
    "const get = (ok) => load(async () => ({ ok, json: async () => 7 }), '');\nget(false).then(() => process.exit(1), () => get(true)).then((x) => { if (x !== 7) process.exit(1); });",
  ),
  javascript(
    'use let and const instead of var',
    TOTAL,
    `${equal('Math.round(total([{ price: 100 }]))', 119)}if (/\\bvar\\b/.test(total + '')) throw new Error();`,
  ),
  javascript(
    'extract 1.19 into a constant named TAX',
    TOTAL,
    `${equal('[TAX, Math.round(total([{ price: 100 }]))]', [1.19, 119])}if (!/TAX/.test(total + '')) throw new Error();`,
  ),
  javascript(
    'use reduce',
    TOTAL,
    `${equal('Math.round(total([{ price: 100 }]))', 119)}if (!/\\.reduce\\(/.test(total + '')) throw new Error();`,
  ),
  javascript(
    'multiply by the quantity of each item',
    TOTAL,
    equal('Math.round(total([{ price: 100, quantity: 2 }]))', 238),
  ),
  javascript(
    'return null if the text is not valid JSON',
    PARSE,
    equal("[parse('{'), parse('[1]')]", [null, [1]]),
  ),
  javascript(
    'log the text with console.log before parsing',
    PARSE,
    `const seen = []; console.log = (...all) => seen.push(all.join());\n${equal("parse('[1]')", [1])}if (!seen.join().includes('[1]')) throw new Error();`,
  ),
  javascript(
    "add a parameter fill with the default ' '",
    LEFT_PAD,
    equal("[leftPad('a', 3), leftPad('a', 3, '0')]", ['  a', '00a']),
  ),
  javascript(
    'use padStart',
    LEFT_PAD,
    `${equal("leftPad('a', 3)", '  a')}if (!/padStart/.test(leftPad + '')) throw new Error();`,
  ),
  javascript(
    'add a method pop',
    STACK,
    equal('(() => { const s = new Stack(); s.push(1); s.push(2); return s.pop(); })()', 2),
  ),
  javascript(
    'add a getter size that returns the number of items',
    STACK,
    equal('(() => { const s = new Stack(); s.push(1); return s.size; })()', 1),
  ),
  javascript(
    'add MB for sizes of 1024 * 1024 bytes or more',
    SIZE,
    equal('[size(10), size(2048), size(3 * 1024 * 1024)]', ['10 B', '2 kB', '3 MB']),
  ),
  javascript(
    'translate the comment to English',
    COMMENT,
    `${equal('larger(1, 2)', 2)}const head = SOURCE.split('function')[0];\nif (!/\\/[/*]/.test(head) || /[^\\x00-\\x7f]/.test(SOURCE)) throw new Error(head);`,
  ),
  typescript(
    'add type annotations for numbers',
    ADD,
    equal('add(1, 2)', 3),
    (tree) =>
      parameters(tree).length === 2 &&
      parameters(tree).every(({ type }) => type?.kind === ts.SyntaxKind.NumberKeyword),
  ),
  typescript(
    'return undefined for an empty array',
    FIRST,
    `${EMPTY_ITEMS}if (x !== undefined) throw new Error();\n${equal("first([' a '])", 'a')}`,
  ),
  typescript(
    'add an optional boolean property secure',
    CONFIG,
    '',
    (tree) =>
      members(tree).length === 3 &&
      members(tree).some((each) => each.name?.getText(tree) === 'secure' && each.questionToken !== undefined),
  ),
  typescript(
    'make all properties readonly',
    CONFIG,
    '',
    (tree) =>
      members(tree).length === 2 &&
      members(tree).every(
        (each) =>
          ts.canHaveModifiers(each) &&
          ts.getModifiers(each)?.some(({ kind }) => kind === ts.SyntaxKind.ReadonlyKeyword) === true,
      ),
  ),
  typescript(
    "add a case 'circle' with size as the radius",
    KIND,
    equal("[Math.round(area('circle', 10)), area('square', 2)]", [314, 4]),
    (tree) => has(tree, (node) => ts.isCaseClause(node) && node.expression.getText(tree).includes('circle')),
  ),
];
