import { TextDocument } from 'vscode-languageserver-textdocument';
import { SyntaxTrees } from '../../../../src/engine/syntax/syntaxTrees.js';
import type { SyntaxTree } from '../../../../src/engine/syntax/syntaxTree.js';

let opened = 0;

/** The tree of a text, and the offset of `▮` in it. */
export async function treeOf(
  marked: string,
  languageId: string,
  trees = new SyntaxTrees(),
): Promise<{ tree: SyntaxTree; offset: number }> {
  const offset = marked.indexOf('▮');
  const text = marked.replace('▮', '');
  const document = TextDocument.create(`file:///${opened++}`, languageId, 1, text);
  await trees.prepare(document);
  const tree = trees.of(document);
  if (tree === undefined) throw new Error(`no tree for ${languageId}`);
  return { tree, offset };
}
