/** Where the grammars' trees read names, and where they bind them. */
import type { Node } from '@vscode/tree-sitter-wasm';

export interface NameGrammar {
  /** Nodes that stand for a name, where `isRead` doesn't say otherwise. */
  readonly names: ReadonlySet<string>;
  /** Whether the name is looked up: not a property, a key or an argument's name. */
  readonly isRead: (name: Node) => boolean;
  /** By a node's type: the fields whose names it binds; `*` all of its names. */
  readonly binders: Readonly<Record<string, readonly string[]>>;
  /** Nodes through which a name is bound no more: what is assigned to is a part of something. */
  readonly notBound: ReadonlySet<string>;
  /** The file may use names that come from anywhere. */
  readonly isOpen: (node: Node) => boolean;
}

export const PYTHON: NameGrammar = {
  names: new Set(['identifier']),
  isRead: (name) => {
    const { parent } = name;
    if (parent === null) return true;
    if (parent.type === 'attribute') return isField(parent, 'object', name);
    return !(parent.type === 'keyword_argument' && isField(parent, 'name', name));
  },
  binders: {
    function_definition: ['name', 'type_parameters'],
    class_definition: ['name', 'type_parameters'],
    type_alias_statement: ['left'],
    parameters: ['*'],
    lambda_parameters: ['*'],
    default_parameter: ['name'],
    typed_default_parameter: ['name'],
    assignment: ['left'],
    for_statement: ['left'],
    for_in_clause: ['left'],
    as_pattern: ['alias'],
    as_pattern_target: ['*'],
    named_expression: ['name'],
    import_statement: ['*'],
    import_from_statement: ['*'],
    global_statement: ['*'],
    nonlocal_statement: ['*'],
    case_pattern: ['*'],
    splat_pattern: ['*'],
    keyword_pattern: ['*'],
  },
  notBound: new Set(['attribute', 'subscript', 'call', 'block']),
  isOpen: (node) =>
    node.type === 'wildcard_import' ||
    (node.type === 'call' && /^(?:exec|globals)$/.test(node.childForFieldName('function')?.text ?? '')),
};

const JAVASCRIPT_BINDERS: NameGrammar['binders'] = {
  variable_declarator: ['name'],
  function_declaration: ['name'],
  generator_function_declaration: ['name'],
  function_expression: ['name'],
  generator_function: ['name'],
  class_declaration: ['name'],
  class: ['name'],
  abstract_class_declaration: ['name'],
  function_signature: ['name'],
  interface_declaration: ['name'],
  type_alias_declaration: ['name'],
  enum_declaration: ['name'],
  internal_module: ['name'],
  module: ['name'],
  type_parameter: ['name'],
  infer_type: ['*'],
  mapped_type_clause: ['name'],
  import_statement: ['*'],
  import_alias: ['*'],
  import_require_clause: ['*'],
  formal_parameters: ['*'],
  required_parameter: ['pattern'],
  optional_parameter: ['pattern'],
  arrow_function: ['parameter'],
  catch_clause: ['parameter'],
  for_in_statement: ['left'],
  assignment_expression: ['left'],
  type_predicate: ['name'],
  index_signature: ['name'],
  asserts: ['*'],
};

export const JAVASCRIPT: NameGrammar = {
  names: new Set([
    'identifier',
    'type_identifier',
    'shorthand_property_identifier',
    'shorthand_property_identifier_pattern',
  ]),
  isRead: (name) => {
    const { parent } = name;
    // Types may come from declarations that no file imports.
    if (name.type === 'type_identifier') return false;
    // Elements of HTML are no names; components begin with a capital.
    if (parent !== null && /^jsx_(?:opening|closing|self_closing)_element$/.test(parent.type))
      return /^[A-Z]/.test(name.text);
    if (parent?.type === 'nested_type_identifier' || parent?.type === 'nested_identifier')
      return parent.firstNamedChild?.equals(name) === true;
    // `export { a } from 'b'` reads the other module's names.
    return !(parent?.type === 'export_specifier' || parent?.type === 'namespace_export');
  },
  binders: JAVASCRIPT_BINDERS,
  notBound: new Set([
    'member_expression',
    'subscript_expression',
    'call_expression',
    'type_annotation',
    'statement_block',
    'arrow_function',
    'function_expression',
  ]),
  isOpen: (node) =>
    node.type === 'with_statement' ||
    (node.type === 'call_expression' && node.childForFieldName('function')?.text === 'eval'),
};

/** Whether a node binds the name inside it: the fields it binds by lead to the name, and nothing between stops it. */
export function isBound(name: Node, grammar: NameGrammar): boolean {
  let inner = name;
  for (let outer = name.parent; outer !== null; outer = outer.parent) {
    // A value that a parameter or pattern has by default, and its type.
    if (['value', 'right', 'type', 'body'].some((field) => isField(outer, field, inner)) && !isPattern(outer))
      return false;
    const fields = grammar.binders[outer.type];
    if (fields?.some((field) => field === '*' || isField(outer, field, inner)) === true) return true;
    if (grammar.notBound.has(outer.type)) return false;
    inner = outer;
  }
  return false;
}

/** `{ key: name }` in a pattern binds its value. */
const isPattern = (node: Node): boolean => node.type === 'pair_pattern';

function isField(parent: Node, field: string, child: Node): boolean {
  return parent.childrenForFieldName(field).some((each) => each?.equals(child) === true);
}
