import type { SyntaxTree } from '../syntaxTree.js';
import { cppOutline } from './cppOutline.js';
import { goOutline } from './goOutline.js';
import { javaOutline } from './javaOutline.js';
import type { FileOutline } from './outline.js';
import { pythonOutline } from './pythonOutline.js';
import { rustOutline } from './rustOutline.js';
import { scriptOutline } from './scriptOutline.js';

const BY_LANGUAGE: Readonly<Record<string, (tree: SyntaxTree) => FileOutline>> = {
  javascript: scriptOutline,
  javascriptreact: scriptOutline,
  typescript: scriptOutline,
  typescriptreact: scriptOutline,
  python: pythonOutline,
  go: goOutline,
  rust: rustOutline,
  java: javaOutline,
  c: cppOutline,
  cpp: cppOutline,
  'cuda-cpp': cppOutline,
};

/** @returns `undefined` for languages whose files aren't outlined */
export function outlineOf(tree: SyntaxTree, languageId: string): FileOutline | undefined {
  return Object.hasOwn(BY_LANGUAGE, languageId) ? BY_LANGUAGE[languageId]?.(tree) : undefined;
}
