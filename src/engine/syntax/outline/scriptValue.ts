import type { Node } from '@vscode/tree-sitter-wasm';
import type { SyntaxTree } from '../syntaxTree.js';
import type { Definition } from './outline.js';
import { classMembers, functionLine, FUNCTIONS, objectMembers } from './scriptMembers.js';
import { childrenOf, plainText, shortValue, signature } from './sourceText.js';

/**
 * What is known under a name by being assigned: short values whole, of long objects the properties, of functions and
 * classes what one sees of them.
 * @param left the text before the value, such as `export const a = `
 * @param declared the text before a function, such as `export `
 */
export function scriptValue(
  tree: SyntaxTree,
  value: Node,
  name: string,
  left: string,
  declared = '',
): Definition {
  const inner =
    value.type === 'assignment_expression'
      ? value.childForFieldName('right')
      : value.type === 'parenthesized_expression'
        ? value.firstNamedChild
        : null;
  if (inner !== null) return scriptValue(tree, inner, name, left, declared);
  if (FUNCTIONS.has(value.type))
    return { name, head: functionLine(tree, value, name, declared), members: [], tail: '' };
  if (value.type === 'class') {
    const body = value.childForFieldName('body');
    return {
      name,
      head: `${left}${signature(tree, value, body)} {`,
      members: classMembers(tree, body),
      tail: '}',
    };
  }
  const short = shortValue(tree, value);
  const object = short === '…' ? objectOf(value) : undefined;
  if (object === undefined) return { name, head: `${left}${short};`, members: [], tail: '' };
  const before = plainText(tree, value, value.startIndex, object.startIndex);
  const after = plainText(tree, value, object.endIndex, value.endIndex);
  return {
    name,
    head: `${left}${before}{`,
    members: objectMembers(tree, object),
    tail: `}${after.startsWith(')') ? after : after && ` ${after}`};`,
  };
}

/** The object that a value is, or is made of: `{ … } as const`, `Object.freeze({ … })`. */
function objectOf(value: Node): Node | undefined {
  if (value.type === 'object') return value;
  if (/^(?:as|satisfies)_expression$/.test(value.type)) return objectOf(value.firstNamedChild ?? value);
  if (value.type !== 'call_expression') return undefined;
  const last = childrenOf(value.childForFieldName('arguments')).at(-1);
  return last && objectOf(last);
}
