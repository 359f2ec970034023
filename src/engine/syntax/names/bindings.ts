/** Where the grammars' trees read names, and where they bind them. */
import type { Node } from '@vscode/tree-sitter-wasm';

/** A node that stands for a name, as its parent has it. */
interface NameNode {
  readonly type: string;
  readonly text: string;
  readonly parentType: string;
  /** The parent's field that the node is in. */
  readonly field: string | null;
  readonly isFirstNamed: boolean;
}

export interface NameGrammar {
  /** Nodes that stand for a name, where `isRead` doesn't say otherwise. */
  readonly names: ReadonlySet<string>;
  /** Whether the name is looked up: not a property, a key or an argument's name. */
  readonly isRead: (name: NameNode) => boolean;
  /** By a node's type: the fields whose names it binds; `*` all of its names. */
  readonly binders: Readonly<Record<string, readonly string[]>>;
  /** Nodes through which a name is bound no more: what is assigned to is a part of something. */
  readonly notBound: ReadonlySet<string>;
  /** Nodes that `isOpen` looks at. */
  readonly mayBeOpen: ReadonlySet<string>;
  /** The file may use names that come from anywhere. */
  readonly isOpen: (node: Node) => boolean;
}

export const PYTHON: NameGrammar = {
  names: new Set(['identifier']),
  isRead: ({ parentType, field }) => {
    if (parentType === 'attribute') return field === 'object';
    return !(parentType === 'keyword_argument' && field === 'name');
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
  mayBeOpen: new Set(['wildcard_import', 'call']),
  isOpen: (node) => node.type === 'wildcard_import' || /^(?:exec|globals)$/.test(calledName(node)),
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
  isRead: ({ type, text, parentType, isFirstNamed }) => {
    // Types may come from declarations that no file imports.
    if (type === 'type_identifier') return false;
    // Elements of HTML are no names; components begin with a capital.
    if (/^jsx_(?:opening|closing|self_closing)_element$/.test(parentType)) return /^[A-Z]/.test(text);
    if (parentType === 'nested_type_identifier' || parentType === 'nested_identifier') return isFirstNamed;
    // `export { a } from 'b'` reads the other module's names.
    return !(parentType === 'export_specifier' || parentType === 'namespace_export');
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
  mayBeOpen: new Set(['with_statement', 'call_expression']),
  isOpen: (node) => node.type === 'with_statement' || calledName(node) === 'eval',
};

/** Values, which a parameter or a pattern has by default, and types. */
const VALUE_FIELDS = new Set(['value', 'right', 'type', 'body']);

/**
 * Whether the names below a child are bound by what is around them: fields that bind lead to the name, and nothing
 * between stops it.
 * @param field the parent's field that the child is in
 * @param isParentBound the same of the parent
 */
export function isBoundIn(
  grammar: NameGrammar,
  parentType: string,
  field: string | null,
  isParentBound: boolean,
): boolean {
  // `{ key: name }` in a pattern binds its value.
  if (field !== null && VALUE_FIELDS.has(field) && parentType !== 'pair_pattern') return false;
  const binding = grammar.binders[parentType];
  if (binding?.some((each) => each === '*' || each === field) === true) return true;
  return isParentBound && !grammar.notBound.has(parentType);
}

/** Empty where something else than a name is called: its text may be long. */
function calledName(call: Node): string {
  const called = call.childForFieldName('function');
  return called?.type === 'identifier' ? called.text : '';
}
