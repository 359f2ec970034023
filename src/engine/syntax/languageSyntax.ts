/** What the nodes of a grammar are called: the names that the grammars' own authors gave them. */

export type DefinitionKind = 'function' | 'class' | 'interface' | 'enum' | 'type' | 'module' | 'rule';

export interface LanguageSyntax {
  /** Nodes that define something with a body or a name. */
  readonly definitions: Readonly<Record<string, DefinitionKind>>;
  /** Nodes in braces that hold statements or members; braces of values are others. */
  readonly bodies: ReadonlySet<string>;
  readonly strings: ReadonlySet<string>;
  /** Code inside of a string. */
  readonly interpolations: ReadonlySet<string>;
  readonly comments: ReadonlySet<string>;
  /** Nodes around a definition that belong to it: decorators, `export`, `template <…>`. */
  readonly wrappers: ReadonlySet<string>;
  /** A line that opens an indented block, without braces. */
  readonly opensByLine?: RegExp;
}

const JAVASCRIPT: LanguageSyntax = {
  definitions: {
    function_declaration: 'function',
    generator_function_declaration: 'function',
    function_expression: 'function',
    arrow_function: 'function',
    method_definition: 'function',
    class_declaration: 'class',
    class: 'class',
  },
  bodies: new Set(['statement_block', 'class_body', 'switch_body', 'class_static_block']),
  strings: new Set(['string', 'template_string', 'regex']),
  interpolations: new Set(['template_substitution']),
  comments: new Set(['comment', 'html_comment']),
  wrappers: new Set([
    'export_statement',
    'lexical_declaration',
    'variable_declaration',
    'variable_declarator',
    'public_field_definition',
    'field_definition',
    'pair',
    'expression_statement',
  ]),
};

const TYPESCRIPT: LanguageSyntax = {
  ...JAVASCRIPT,
  definitions: {
    ...JAVASCRIPT.definitions,
    abstract_class_declaration: 'class',
    interface_declaration: 'interface',
    enum_declaration: 'enum',
    type_alias_declaration: 'type',
    internal_module: 'module',
    module: 'module',
  },
  bodies: new Set([...JAVASCRIPT.bodies, 'interface_body', 'object_type', 'enum_body']),
  wrappers: new Set([...JAVASCRIPT.wrappers, 'ambient_declaration']),
};

const PYTHON: LanguageSyntax = {
  definitions: { function_definition: 'function', class_definition: 'class' },
  bodies: new Set(['block']),
  strings: new Set(['string']),
  interpolations: new Set(['interpolation']),
  comments: new Set(['comment']),
  wrappers: new Set(['decorated_definition']),
  opensByLine:
    /^\s*(?:(?:async\s+)?(?:def|for|with)|class|if|elif|else|while|try|except|finally|match|case)\b.*:$|^\s*\).*:$/,
};

const GO: LanguageSyntax = {
  definitions: {
    function_declaration: 'function',
    method_declaration: 'function',
    type_spec: 'type',
    type_alias: 'type',
  },
  bodies: new Set([
    'block',
    'field_declaration_list',
    'interface_type',
    'expression_switch_statement',
    'type_switch_statement',
    'select_statement',
  ]),
  strings: new Set(['interpreted_string_literal', 'raw_string_literal', 'rune_literal']),
  interpolations: new Set(),
  comments: new Set(['comment']),
  wrappers: new Set(['type_declaration']),
};

const RUST: LanguageSyntax = {
  definitions: {
    function_item: 'function',
    function_signature_item: 'function',
    macro_definition: 'function',
    struct_item: 'class',
    union_item: 'class',
    impl_item: 'class',
    trait_item: 'interface',
    enum_item: 'enum',
    type_item: 'type',
    mod_item: 'module',
  },
  bodies: new Set([
    'block',
    'field_declaration_list',
    'enum_variant_list',
    'declaration_list',
    'match_block',
  ]),
  strings: new Set(['string_literal', 'raw_string_literal', 'char_literal']),
  interpolations: new Set(),
  comments: new Set(['line_comment', 'block_comment']),
  wrappers: new Set(),
};

const JAVA: LanguageSyntax = {
  definitions: {
    method_declaration: 'function',
    constructor_declaration: 'function',
    compact_constructor_declaration: 'function',
    class_declaration: 'class',
    record_declaration: 'class',
    interface_declaration: 'interface',
    annotation_type_declaration: 'interface',
    enum_declaration: 'enum',
  },
  bodies: new Set([
    'block',
    'constructor_body',
    'class_body',
    'interface_body',
    'annotation_type_body',
    'enum_body',
    'switch_block',
  ]),
  strings: new Set(['string_literal', 'character_literal']),
  interpolations: new Set(['string_interpolation']),
  comments: new Set(['line_comment', 'block_comment']),
  wrappers: new Set(),
};

const CPP: LanguageSyntax = {
  definitions: {
    function_definition: 'function',
    class_specifier: 'class',
    struct_specifier: 'class',
    union_specifier: 'class',
    enum_specifier: 'enum',
    namespace_definition: 'module',
  },
  bodies: new Set(['compound_statement', 'field_declaration_list', 'declaration_list', 'enumerator_list']),
  strings: new Set(['string_literal', 'raw_string_literal', 'char_literal', 'system_lib_string']),
  interpolations: new Set(),
  comments: new Set(['comment']),
  wrappers: new Set(['template_declaration', 'type_definition', 'declaration']),
};

const CSS: LanguageSyntax = {
  definitions: {
    rule_set: 'rule',
    media_statement: 'rule',
    supports_statement: 'rule',
    keyframes_statement: 'rule',
    at_rule: 'rule',
  },
  bodies: new Set(['block', 'keyframe_block_list']),
  strings: new Set(['string_value']),
  interpolations: new Set(),
  comments: new Set(['comment', 'js_comment']),
  wrappers: new Set(),
};

const BASH: LanguageSyntax = {
  definitions: { function_definition: 'function' },
  bodies: new Set(['compound_statement']),
  strings: new Set(['string', 'raw_string', 'ansi_c_string', 'heredoc_body']),
  interpolations: new Set(['command_substitution', 'expansion', 'simple_expansion']),
  comments: new Set(['comment']),
  wrappers: new Set(),
  opensByLine: /(?:^|[\s;])(?:then|do|else)$|^\s*case\s.*\sin$|^\s*[^()\s][^()]*\)$/,
};

const SYNTAX: Readonly<Record<string, LanguageSyntax>> = {
  javascript: JAVASCRIPT,
  typescript: TYPESCRIPT,
  tsx: TYPESCRIPT,
  python: PYTHON,
  go: GO,
  rust: RUST,
  java: JAVA,
  cpp: CPP,
  css: CSS,
  bash: BASH,
};

/** @param grammar name of the grammar, as in grammars.json */
export function syntaxOf(grammar: string): LanguageSyntax | undefined {
  return SYNTAX[grammar];
}
