/** What the nodes of a grammar are called: the names that the grammars' own authors gave them. */

export interface LanguageSyntax {
  /** Nodes in braces that hold statements or members; braces of values are others. */
  readonly bodies: ReadonlySet<string>;
  readonly strings: ReadonlySet<string>;
  /** Code inside of a string. */
  readonly interpolations: ReadonlySet<string>;
  readonly comments: ReadonlySet<string>;
  /** What can be documented. */
  readonly declarations?: ReadonlySet<string>;
  /** A line that opens an indented block, without braces. */
  readonly opensByLine?: RegExp;
}

const JAVASCRIPT: LanguageSyntax = {
  bodies: new Set(['statement_block', 'class_body', 'switch_body', 'class_static_block']),
  strings: new Set(['string', 'template_string', 'regex']),
  interpolations: new Set(['template_substitution']),
  comments: new Set(['comment', 'html_comment']),
  declarations: new Set([
    'function_declaration',
    'generator_function_declaration',
    'class_declaration',
    'method_definition',
    'field_definition',
    'lexical_declaration',
    'variable_declaration',
  ]),
};

const TYPESCRIPT: LanguageSyntax = {
  ...JAVASCRIPT,
  bodies: new Set([...JAVASCRIPT.bodies, 'interface_body', 'object_type', 'enum_body']),
  declarations: new Set([
    'function_declaration',
    'generator_function_declaration',
    'function_signature',
    'class_declaration',
    'abstract_class_declaration',
    'method_definition',
    'method_signature',
    'abstract_method_signature',
    'public_field_definition',
    'property_signature',
    'interface_declaration',
    'type_alias_declaration',
    'enum_declaration',
    'internal_module',
    'module',
    'lexical_declaration',
    'variable_declaration',
  ]),
};

const PYTHON: LanguageSyntax = {
  bodies: new Set(['block']),
  strings: new Set(['string']),
  interpolations: new Set(['interpolation']),
  comments: new Set(['comment']),
  opensByLine:
    /^\s*(?:(?:async\s+)?(?:def|for|with)|class|if|elif|else|while|try|except|finally|match|case)\b.*:$|^\s*\).*:$/,
  declarations: new Set(['function_definition', 'class_definition']),
};

const GO: LanguageSyntax = {
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
  declarations: new Set([
    'function_declaration',
    'method_declaration',
    'type_declaration',
    'type_spec',
    'const_declaration',
    'var_declaration',
    'field_declaration',
    'method_elem',
  ]),
};

const RUST: LanguageSyntax = {
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
  declarations: new Set([
    'function_item',
    'function_signature_item',
    'struct_item',
    'enum_item',
    'enum_variant',
    'field_declaration',
    'union_item',
    'trait_item',
    'impl_item',
    'mod_item',
    'type_item',
    'const_item',
    'static_item',
    'macro_definition',
  ]),
};

const JAVA: LanguageSyntax = {
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
  declarations: new Set([
    'class_declaration',
    'interface_declaration',
    'annotation_type_declaration',
    'enum_declaration',
    'record_declaration',
    'enum_constant',
    'method_declaration',
    'constructor_declaration',
    'compact_constructor_declaration',
    'field_declaration',
  ]),
};

const CPP: LanguageSyntax = {
  bodies: new Set(['compound_statement', 'field_declaration_list', 'declaration_list', 'enumerator_list']),
  strings: new Set(['string_literal', 'raw_string_literal', 'char_literal', 'system_lib_string']),
  interpolations: new Set(),
  comments: new Set(['comment']),
  declarations: new Set([
    'function_definition',
    'declaration',
    'field_declaration',
    'class_specifier',
    'struct_specifier',
    'union_specifier',
    'enum_specifier',
    'namespace_definition',
    'type_definition',
    'alias_declaration',
    'preproc_def',
    'preproc_function_def',
  ]),
};

const CSS: LanguageSyntax = {
  bodies: new Set(['block', 'keyframe_block_list']),
  strings: new Set(['string_value']),
  interpolations: new Set(),
  comments: new Set(['comment', 'js_comment']),
};

const BASH: LanguageSyntax = {
  bodies: new Set(['compound_statement']),
  strings: new Set(['string', 'raw_string', 'ansi_c_string', 'heredoc_body']),
  interpolations: new Set(['command_substitution', 'expansion', 'simple_expansion']),
  comments: new Set(['comment']),
  opensByLine: /(?:^|[\s;])(?:then|do|else)$|^\s*case\s.*\sin$|^\s*[^()\s][^()]*\)$/,
  declarations: new Set(['function_definition']),
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
