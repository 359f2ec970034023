/** Finds the declaration at a place in a syntax tree. */
import type { Node } from '@vscode/tree-sitter-wasm';
import { lineStartAt, type SyntaxTree } from './syntaxTree.js';

/** Lines from 0. */
export interface DeclarationLines {
  /** Attributes, decorators and annotations included. */
  readonly start: number;
  /** The line with the keyword or the name. */
  readonly line: number;
  /** The line after the head, where the body begins. */
  readonly headEnd: number;
  /** The line after the last one. */
  readonly end: number;
  readonly name: string | undefined;
}

/** The lines that a caller asks for: from `start` up to, but not including, `end`. */
interface AskedLines {
  readonly start: number;
  readonly end: number;
  /**
   * `cursor`: the declaration that begins there, or the one around. `selection`: the first one that begins there.
   * `symbol`: the one whose lines these are.
   */
  readonly kind: 'cursor' | 'selection' | 'symbol';
}

/** What a declaration is a part of when it is exported or decorated. */
const WRAPPERS = new Set([
  'decorated_definition',
  'export_statement',
  'ambient_declaration',
  'template_declaration',
]);
const ATTRIBUTES = new Set([
  'decorator',
  'attribute_item',
  'attribute_declaration',
  'marker_annotation',
  'annotation',
]);

/** @returns `undefined` where nothing that can be documented begins or encloses the lines */
export function declarationIn(tree: SyntaxTree, asked: AskedLines): DeclarationLines | undefined {
  const nodes = declarationsIn(tree, asked);
  if (asked.kind === 'cursor') return atCursor(nodes, tree, asked.start);
  for (const node of nodes) {
    if (node.endPosition.row > asked.end) continue;
    const lines = linesOf(node, tree);
    // An editor's symbol may begin at the keyword or at the attributes.
    if (lines !== undefined && lines.line >= asked.start && lines.end <= asked.end) return lines;
  }
  return asked.kind === 'symbol' ? undefined : atCursor(nodes, tree, asked.start);
}

/** The innermost one around the line, which may be one of its attributes. */
function atCursor(nodes: readonly Node[], tree: SyntaxTree, line: number): DeclarationLines | undefined {
  for (const node of nodes.toReversed()) {
    const lines = linesOf(node, tree);
    if (lines !== undefined && lines.start <= line && line < lines.end) return lines;
  }
  return undefined;
}

/** In the text's order, the outer ones first. The parser's own search, as a line may have 100,000 nodes. */
function declarationsIn({ root, syntax }: SyntaxTree, asked: AskedLines): readonly Node[] {
  const types = [...(syntax.declarations ?? [])];
  if (types.length === 0) return [];
  const inLines = (wanted: string[], end: number): readonly Node[] =>
    root
      .descendantsOfType(wanted, { row: asked.start, column: 0 }, { row: end, column: 0 })
      .filter((node) => node !== null);
  // The attributes of a class's member are its siblings.
  const members = inLines([...ATTRIBUTES], asked.end).map(
    (attribute) => attributed(attribute).endPosition.row + 1,
  );
  return inLines(types, Math.max(asked.end, ...members));
}

/** What an attribute, or several of them, are before. */
function attributed(attribute: Node): Node {
  let node: Node | null = attribute;
  while (node !== null && ATTRIBUTES.has(node.type)) node = node.nextNamedSibling;
  return node ?? attribute;
}

/** No declaration begins its line further right, with what is before its keyword. */
const MAX_COLUMN = 2000;

/** @returns `undefined` for one that doesn't begin its line: the declaration around it is what gets documented */
export function linesOf(node: Node, { text }: SyntaxTree): DeclarationLines | undefined {
  if (node.startPosition.column > MAX_COLUMN) return undefined;
  let outer = node;
  while (outer.parent !== null && WRAPPERS.has(outer.parent.type)) outer = outer.parent;
  let first = outer;
  for (let before = first.previousNamedSibling; before !== null && ATTRIBUTES.has(before.type);) {
    first = before;
    before = before.previousNamedSibling;
  }
  const begin = first.startIndex;
  if (text.slice(lineStartAt(text, begin), begin).trim() !== '') return undefined;
  return {
    start: first.startPosition.row,
    line: keywordLine(outer, node),
    headEnd: headEndOf(node),
    end: outer.endPosition.row + (outer.endPosition.column === 0 ? 0 : 1),
    name: nameOf(node),
  };
}

/** The line after decorators and annotations. */
function keywordLine(outer: Node, node: Node): number {
  const start = outer === node || outer.type === 'decorated_definition' ? node : outer;
  const modifiers = start.namedChildren.find((child) => child?.type === 'modifiers');
  const children = modifiers?.children ?? start.children;
  const last = children.findLast((child) => child !== null && ATTRIBUTES.has(child.type));
  if (last === undefined || last === null) return start.startPosition.row;
  const next = last.nextSibling ?? modifiers?.nextSibling;
  return next?.startPosition.row ?? start.startPosition.row;
}

function headEndOf(node: Node): number {
  const body = node.childForFieldName('body');
  if (body === null) return node.endPosition.row + 1;
  // Python's body begins with its first statement; its head ends with the colon.
  const colon = node.children.findLast((child) => child?.type === ':' && child.endIndex <= body.startIndex);
  return (colon ?? body).startPosition.row + 1;
}

function nameOf(node: Node): string | undefined {
  for (let part: Node = node; ;) {
    const name = part.childForFieldName('name');
    if (name !== null) return name.text;
    const next = part.childForFieldName('declarator');
    if (next === null) break;
    if (/identifier$/.test(next.type)) return next.text;
    part = next;
  }
  // Go's types are named one level below.
  const declarator = node.namedChildren.find((child) => /_declarator$|^type_spec$/.test(child?.type ?? ''));
  return declarator?.childForFieldName('name')?.text;
}
