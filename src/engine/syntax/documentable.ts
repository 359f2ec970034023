/** Lists the declarations of a text that deserve a comment of their own. */
import type { Node } from '@vscode/tree-sitter-wasm';
import { linesOf, type DeclarationLines } from './declarations.js';
import type { SyntaxTree } from './syntaxTree.js';

const FUNCTIONS = new Set([
  'function_declaration',
  'generator_function_declaration',
  'function_signature',
  'method_definition',
  'method_signature',
  'abstract_method_signature',
  'function_definition',
  'function_item',
  'function_signature_item',
  'method_declaration',
  'method_elem',
  'constructor_declaration',
  'compact_constructor_declaration',
  'macro_definition',
  'preproc_function_def',
]);
const TYPES = new Set([
  'class_declaration',
  'abstract_class_declaration',
  'class_definition',
  'interface_declaration',
  'annotation_type_declaration',
  'type_alias_declaration',
  'enum_declaration',
  'record_declaration',
  'type_declaration',
  'type_spec',
  'struct_item',
  'enum_item',
  'union_item',
  'trait_item',
  'type_item',
  'alias_declaration',
]);
/** They also name a type that is declared elsewhere; only with a body do they declare one. */
const SPECIFIERS = new Set(['class_specifier', 'struct_specifier', 'union_specifier', 'enum_specifier']);
/** They count where their value is a function or a class. */
const VARIABLES = new Set([
  'lexical_declaration',
  'variable_declaration',
  'field_definition',
  'public_field_definition',
]);
const FUNCTION_VALUE =
  /^(?:arrow_function|function_expression|generator_function|function|class|class_expression)$/;
/** Prototypes, in headers. */
const DECLARATIONS = new Set(['declaration', 'field_declaration']);

/**
 * Functions, methods and types, in the text's order; none inside of a function. Variables and fields are left out unless
 * they hold a function: most comments on them say nothing.
 */
export function documentable(tree: SyntaxTree): readonly DeclarationLines[] {
  const known = tree.syntax.declarations ?? new Set();
  const wanted = [...FUNCTIONS, ...TYPES, ...SPECIFIERS, ...VARIABLES, ...DECLARATIONS].filter((type) =>
    known.has(type),
  );
  if (wanted.length === 0) return [];
  const found = new Map<number, DeclarationLines>();
  let functionEnd = 0;
  for (const node of tree.root.descendantsOfType(wanted)) {
    if (node === null || node.startIndex < functionEnd) continue;
    const kind = kindOf(node);
    if (kind === undefined) continue;
    if (kind === 'function') functionEnd = node.endIndex;
    const lines = linesOf(node, tree);
    // The first one on its line stands for what begins there: `typedef struct x { … } x;`.
    if (lines !== undefined && !found.has(lines.line)) found.set(lines.line, lines);
  }
  return [...found.values()];
}

function kindOf(node: Node): 'function' | 'type' | undefined {
  const { type } = node;
  if (FUNCTIONS.has(type)) return 'function';
  if (SPECIFIERS.has(type)) return node.childForFieldName('body') === null ? undefined : 'type';
  if (VARIABLES.has(type)) return holdsFunction(node) ? 'function' : undefined;
  if (DECLARATIONS.has(type)) return isPrototype(node) ? 'function' : undefined;
  // A group of types in parentheses has a comment for each of them.
  if (type === 'type_declaration') return node.children[1]?.type === '(' ? undefined : 'type';
  return 'type';
}

function holdsFunction(node: Node): boolean {
  const values = [node, ...node.namedChildren].map((each) => each?.childForFieldName('value')?.type ?? '');
  return values.some((value) => FUNCTION_VALUE.test(value));
}

function isPrototype(node: Node): boolean {
  for (let part = node.childForFieldName('declarator'); part !== null;) {
    if (part.type === 'function_declarator') return true;
    part = part.childForFieldName('declarator');
  }
  return false;
}
