import type { Node } from '@vscode/tree-sitter-wasm';
import { columnOf, lineEndAt, lineStartAt } from './lineAt.js';
import type { DefinitionKind } from './languageSyntax.js';
import type { SyntaxTree } from './syntaxTree.js';

const VALUES = new Set(['function_expression', 'arrow_function', 'class']);
/** What gives a value its name. */
const NAMING = new Set(['variable_declarator', 'pair', 'public_field_definition', 'field_definition']);

/** A function, class … around a place. Offsets are into the text. */
export interface EnclosingDefinition {
  readonly kind: DefinitionKind;
  /** Decorators, `export` and the like included. */
  readonly startOffset: number;
  readonly endOffset: number;
  /** `undefined` where it has no name. */
  readonly nameOffset: number | undefined;
  readonly name: string | undefined;
}

/** The definitions around an offset, the innermost first. */
export function enclosingDefinitions(tree: SyntaxTree, offset: number): EnclosingDefinition[] {
  return tree.syntax.opensByLine !== undefined && tree.syntax.bodies.has('block')
    ? byIndentation(tree, offset)
    : definitionsAround(tree, offset).filter(({ endOffset }) => offset < endOffset);
}

/**
 * Where indentation makes blocks, a block's node ends with its last statement, and a new line below it is in none:
 * it belongs to the definitions above that are less indented than it is.
 */
function byIndentation(tree: SyntaxTree, offset: number): EnclosingDefinition[] {
  const { text } = tree;
  const lineStart = lineStartAt(text, offset);
  const isNewLine = text.slice(lineStart, lineEndAt(text, offset)).trim() === '';
  if (!isNewLine) {
    const typed = text.slice(lineStart, offset).trimEnd();
    return definitionsAround(tree, lineStart + typed.length || offset);
  }
  let above = lineStart;
  while (above > 0 && /\s/.test(text[above - 1] ?? '')) above--;
  const column = columnOf(text.slice(lineStart, offset));
  return definitionsAround(tree, above).filter(
    ({ startOffset }) => columnOf(indentAt(text, startOffset)) < column,
  );
}

function definitionsAround({ root, syntax }: SyntaxTree, offset: number): EnclosingDefinition[] {
  const found: EnclosingDefinition[] = [];
  let node: Node | null = root.descendantForIndex(Math.max(0, offset - 1), offset);
  for (; node !== null; node = node.parent) {
    const kind = kindOf(node, syntax.definitions);
    if (kind === undefined || node.startIndex >= offset) continue;
    const name = nameOf(node);
    let outer = node;
    while (outer.parent !== null && syntax.wrappers.has(outer.parent.type)) outer = outer.parent;
    found.push({
      kind,
      startOffset: outer.startIndex,
      endOffset: node.endIndex,
      nameOffset: name?.startIndex,
      name: name?.text,
    });
  }
  return found;
}

/** Values count as definitions when they are a variable's or a field's. */
function kindOf(node: Node, kinds: Readonly<Record<string, DefinitionKind>>): DefinitionKind | undefined {
  if (!Object.hasOwn(kinds, node.type)) return undefined;
  if (VALUES.has(node.type) && nameOf(node) === null) return undefined;
  return kinds[node.type];
}

function nameOf(node: Node): Node | null {
  const own = node.childForFieldName('name');
  if (own !== null) return own;
  const { parent } = node;
  if (parent !== null && NAMING.has(parent.type)) return parent.firstNamedChild;
  if (VALUES.has(node.type)) return null;
  // C: the name is inside of the declarator.
  let declarator = node.childForFieldName('declarator');
  while (declarator?.childForFieldName('declarator')) declarator = declarator.childForFieldName('declarator');
  return declarator ?? node.childForFieldName('type');
}

function indentAt(text: string, offset: number): string {
  return /^[ \t]*/.exec(text.slice(lineStartAt(text, offset), offset))?.[0] ?? '';
}
