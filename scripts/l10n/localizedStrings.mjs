import { readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import ts from 'typescript';

/**
 * The strings that the extension passes to `l10n.t('…')`, with the files that contain them.
 * @param {string} root the repository's folder
 * @returns {Map<string, string[]>}
 */
export function localizedStrings(root) {
  const folder = join(root, 'src/extension');
  const found = new Map();
  for (const entry of readdirSync(folder, { recursive: true })) {
    if (!entry.endsWith('.ts')) continue;
    const file = join(folder, entry);
    const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
    for (const string of stringsOf(source)) {
      found.set(string, [...(found.get(string) ?? []), relative(root, file)]);
    }
  }
  return found;
}

function stringsOf(source) {
  const strings = [];
  const visit = (node) => {
    if (ts.isCallExpression(node) && isTranslation(node.expression)) strings.push(stringOf(node, source));
    ts.forEachChild(node, visit);
  };
  visit(source);
  return strings;
}

/** `l10n.t` or `vscode.l10n.t`. */
function isTranslation(callee) {
  return ts.isPropertyAccessExpression(callee) && /^(vscode\.)?l10n\.t$/.test(callee.getText());
}

function stringOf(call, source) {
  const [first] = call.arguments;
  if (first !== undefined && ts.isStringLiteralLike(first)) return first.text;
  const { line } = source.getLineAndCharacterOfPosition(call.getStart());
  throw new Error(`${source.fileName}:${line + 1}: l10n.t() needs a literal so that it can be translated`);
}
