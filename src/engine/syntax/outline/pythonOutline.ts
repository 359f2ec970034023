import type { Node } from '@vscode/tree-sitter-wasm';
import type { SyntaxTree } from '../syntaxTree.js';
import type { Definition, FileOutline, Import, ImportedName, Member } from './outline.js';
import {
  childrenOf,
  descendantsOf,
  nameOf,
  plainText,
  shortValue,
  signature,
  topLevelOf,
} from './sourceText.js';

/** Statements that hold others of the same rank: `try: import …`, `if TYPE_CHECKING: …`. */
const GROUPS = new Set(['if_statement', 'else_clause', 'try_statement', 'except_clause', 'block']);
/** Decorators that change how something is used. */
const TELLING =
  /^@(?:property|staticmethod|classmethod|dataclass|\w+\.setter|abstractmethod|overload|contextmanager)\b/;

export function pythonOutline(tree: SyntaxTree): FileOutline {
  const definitions: Definition[] = [];
  const imports: Import[] = [];
  const visit = (node: Node): void => {
    if (GROUPS.has(node.type)) for (const child of childrenOf(node)) visit(child);
    else definitions.push(...definitionsOf(tree, node));
  };
  for (const node of topLevelOf(tree.root)) visit(node);
  // Functions have imports of their own, against circles.
  for (const node of descendantsOf(tree.root, ['import_from_statement', 'import_statement']))
    imports.push(...(node.type === 'import_statement' ? plainImports(node) : [fromImport(node)]));
  return { definitions, imports, aliases: new Map() };
}

function fromImport(node: Node): Import {
  const module = node.childForFieldName('module_name')?.text ?? '';
  const names = node
    .childrenForFieldName('name')
    .flatMap((name) => (name === null ? [] : [importedName(name)]));
  const isWhole = childrenOf(node).some(({ type }) => type === 'wildcard_import');
  // What a package's __init__ imports can be imported from it.
  return { module, names, isWhole, isReexport: true };
}

function plainImports(node: Node): Import[] {
  return node.childrenForFieldName('name').flatMap((name): Import[] => {
    if (name === null) return [];
    const { name: module, local } = importedName(name);
    return [{ module, names: [], isWhole: true, isReexport: false, local }];
  });
}

function importedName(node: Node): ImportedName {
  const name = nameOf(node) || node.text;
  return { name, local: node.childForFieldName('alias')?.text ?? name };
}

function definitionsOf(tree: SyntaxTree, node: Node): Definition[] {
  const decorators = childrenOf(node).filter(({ type }) => type === 'decorator');
  const inner = node.type === 'decorated_definition' ? node.childForFieldName('definition') : node;
  if (inner === null) return [];
  const name = nameOf(inner);
  const lines = decorators
    .map((decorator) => plainText(tree, decorator))
    .filter((line) => TELLING.test(line));
  switch (inner.type) {
    case 'function_definition':
      return [{ name, head: [...lines, `${header(tree, inner)} ...`].join('\n'), members: [], tail: '' }];
    case 'class_definition': {
      const members = classMembers(tree, inner);
      const head = [...lines, `${header(tree, inner)}${members.length === 0 ? ' ...' : ''}`].join('\n');
      return [{ name, head, members, tail: '', indent: '    ' }];
    }
    case 'expression_statement':
      return assignments(tree, inner).map(({ name: left, text }) => ({
        name: left,
        head: text,
        members: [],
        tail: '',
      }));
    case 'type_alias_statement':
      return [
        {
          name: inner.childForFieldName('left')?.text ?? '',
          head: plainText(tree, inner),
          members: [],
          tail: '',
        },
      ];
    default:
      return [];
  }
}

/** `def f(a: int) -> str:` */
function header(tree: SyntaxTree, node: Node): string {
  const text = signature(tree, node, node.childForFieldName('body'));
  return text.endsWith(':') ? text : `${text}:`;
}

function assignments(tree: SyntaxTree, statement: Node): Member[] {
  const [assignment] = childrenOf(statement);
  const left = assignment?.childForFieldName('left');
  if (assignment?.type !== 'assignment' || left?.type !== 'identifier') return [];
  return [{ name: left.text, text: assigned(tree, assignment, left.text) }];
}

/** `x: int = 1`; what is too long to be shown is left out where the type says enough. */
function assigned(tree: SyntaxTree, assignment: Node, name: string): string {
  const type = assignment.childForFieldName('type');
  const value = assignment.childForFieldName('right');
  const left = type === null ? name : `${name}: ${plainText(tree, type)}`;
  if (value === null) return left;
  const short = shortValue(tree, value);
  if (short !== '…') return `${left} = ${short}`;
  return type === null ? `${left} = ...` : left;
}

function classMembers(tree: SyntaxTree, node: Node): Member[] {
  const members: Member[] = [];
  const add = (member: Member): void => {
    const isHidden = /^__(?!(?:init|call|enter|iter|getitem|len)__$)/.test(member.name);
    if (!isHidden && !members.some(({ name }) => name === member.name)) members.push(member);
  };
  for (const child of childrenOf(node.childForFieldName('body'))) {
    if (child.type === 'expression_statement') for (const member of assignments(tree, child)) add(member);
    for (const { name, head } of child.type === 'expression_statement' ? [] : definitionsOf(tree, child)) {
      if (name === '__init__') for (const attribute of attributes(tree, child)) add(attribute);
      add({ name, text: head });
    }
  }
  return members;
}

/** What `__init__` gives the object: `self.x = …`, with the type that the parameter of that name has. */
function attributes(tree: SyntaxTree, init: Node): Member[] {
  const types = new Map<string, string>();
  for (const parameter of init.descendantsOfType(['typed_parameter', 'typed_default_parameter'])) {
    const name = nameOf(parameter ?? init) || (parameter?.firstNamedChild?.text ?? '');
    const type = parameter?.childForFieldName('type');
    if (type) types.set(name, plainText(tree, type));
  }
  return init.descendantsOfType('assignment').flatMap((assignment): Member[] => {
    const [, name = ''] = /^self\.(\w+)$/.exec(assignment?.childForFieldName('left')?.text ?? '') ?? [];
    if (assignment === null || name === '') return [];
    const type = types.get(assignment.childForFieldName('right')?.text ?? '');
    const text = type === undefined ? assigned(tree, assignment, name) : `${name}: ${type}`;
    return [
      {
        name,
        text: assignment.childForFieldName('type') === null && type === undefined ? `self.${text}` : text,
      },
    ];
  });
}
