/** What the nodes of a grammar are called: the names that the grammars' own authors gave them. */

export interface LanguageSyntax {
  /** Nodes in braces that hold statements or members; braces of values are others. */
  readonly bodies: ReadonlySet<string>;
  readonly strings: ReadonlySet<string>;
  /** Code inside of a string. */
  readonly interpolations: ReadonlySet<string>;
  readonly comments: ReadonlySet<string>;
  /** A line that opens an indented block, without braces. */
  readonly opensByLine?: RegExp;
}

const JAVASCRIPT: LanguageSyntax = {
  bodies: new Set(['statement_block', 'class_body', 'switch_body', 'class_static_block']),
  strings: new Set(['string', 'template_string', 'regex']),
  interpolations: new Set(['template_substitution']),
  comments: new Set(['comment', 'html_comment']),
};

const TYPESCRIPT: LanguageSyntax = {
  ...JAVASCRIPT,
  bodies: new Set([...JAVASCRIPT.bodies, 'interface_body', 'object_type', 'enum_body']),
};

const PYTHON: LanguageSyntax = {
  bodies: new Set(['block']),
  strings: new Set(['string']),
  interpolations: new Set(['interpolation']),
  comments: new Set(['comment']),
  opensByLine:
    /^\s*(?:(?:async\s+)?(?:def|for|with)|class|if|elif|else|while|try|except|finally|match|case)\b.*:$|^\s*\).*:$/,
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
};

const CPP: LanguageSyntax = {
  bodies: new Set(['compound_statement', 'field_declaration_list', 'declaration_list', 'enumerator_list']),
  strings: new Set(['string_literal', 'raw_string_literal', 'char_literal', 'system_lib_string']),
  interpolations: new Set(),
  comments: new Set(['comment']),
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
