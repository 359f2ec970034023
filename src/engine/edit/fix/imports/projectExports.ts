/** Where the project itself has a name: the statements that import it from another file. */
import { basename, dirname, extname, relative, resolve, sep } from 'node:path';
import type { ProjectFiles } from '../../../completion/context/projectFiles.js';
import { isWithin, pathOf, type Workspace } from '../../../completion/context/workspace.js';
import type { CheckFile } from '../../../checkers/checker.js';
import { importedFrom, isCommonJs } from './standardImports.js';

/** Files that are read for one name. */
const MAX_FILES = 150;
const SCRIPTS = ['.ts', '.tsx', '.mts', '.js', '.jsx', '.mjs'];
const ENDINGS: Readonly<Record<string, readonly string[]>> = {
  python: ['.py'],
  typescript: SCRIPTS,
  typescriptreact: SCRIPTS,
  javascript: SCRIPTS,
  javascriptreact: SCRIPTS,
};

/** Looks in the folders that a file lies in and imports from. */
export class ProjectExports {
  constructor(
    private readonly files: Pick<ProjectFiles, 'list' | 'text'>,
    private readonly workspace: Pick<Workspace, 'rootOf'>,
  ) {}

  /** @returns a statement for each file that has the name; none where the language's imports aren't known */
  async statementsFor(name: string, { uri, languageId, text }: CheckFile): Promise<readonly string[]> {
    const path = pathOf(uri);
    const endings = ENDINGS[languageId];
    if (path === undefined || endings === undefined) return [];
    const root = await this.workspace.rootOf(path);
    const definition = definitionOf(name, languageId);
    const found: string[] = [];
    for (const file of await this.filesNear(path, root, text, endings)) {
      const other = await this.files.text(file, root);
      if (other === undefined || !definition.test(other)) continue;
      const statement =
        languageId === 'python' ? pythonImport(name, path, file, text) : scriptImport(name, path, file, text);
      if (statement !== undefined) found.push(statement);
    }
    return [...new Set(found)];
  }

  private async filesNear(
    path: string,
    root: string,
    text: string,
    endings: readonly string[],
  ): Promise<readonly string[]> {
    const folder = dirname(path);
    const imported = [...text.matchAll(/(?:from|require\()\s*["'](\.{1,2}\/[^"']*)["']/g)].map(
      ([, place = '']) => dirname(resolve(folder, place)),
    );
    const folders = [...new Set([folder, ...imported])].filter((each) => isWithin(each, root));
    const files: string[] = [];
    for (const each of folders)
      for (const file of await this.files.list(each))
        if (file !== path && endings.includes(extname(file)) && !/\.d\.m?ts$/.test(file)) files.push(file);
    return files.slice(0, MAX_FILES);
  }
}

/** A definition that other files can import. */
function definitionOf(name: string, languageId: string): RegExp {
  const word = name.replaceAll('$', '\\$');
  if (languageId === 'python')
    return new RegExp(`^(?:(?:async\\s+)?(?:def|class)\\s+${word}\\b|${word}\\s*(?::[^=\\n]+)?=(?!=))`, 'm');
  const keyword =
    '(?:abstract\\s+)?(?:async\\s+)?(?:function\\*?|class|const|let|var|interface|type|enum|namespace)';
  return new RegExp(
    `^export\\s+(?:declare\\s+)?(?:${keyword}\\s+${word}(?![\\w$])|\\{[^}]*(?<![\\w$])${word}\\s*[,}])`,
    'm',
  );
}

function scriptImport(name: string, path: string, file: string, text: string): string | undefined {
  // CommonJS has other exports.
  if (isCommonJs(text)) return undefined;
  const plain = relative(dirname(path), file).split(sep).join('/');
  const dotted = plain.startsWith('.') ? plain : `./${plain}`;
  const bare = dotted.replace(/\.[cm]?[jt]sx?$/, '');
  const ending = /\.mts$/.test(file) ? '.mjs' : extname(file).startsWith('.ts') ? '.js' : extname(file);
  const hasEndings = /\bfrom\s+["']\.{1,2}\/[^"']*\.[cm]?js["']/.test(text);
  const hasNone = /\bfrom\s+["']\.{1,2}\/[^"'.]*["']/.test(text);
  const isScript = /\.[cm]?jsx?$/.test(path);
  return importedFrom(hasEndings || (isScript && !hasNone) ? bare + ending : bare, name, text);
}

function pythonImport(name: string, path: string, file: string, text: string): string | undefined {
  const module = basename(file, '.py');
  if (dirname(file) !== dirname(path) || !/^[A-Za-z_]\w*$/.test(module)) return undefined;
  const dot = /^from\s+\.\w*\s+import\b/m.test(text) ? '.' : '';
  return module === '__init__' ? undefined : `from ${dot}${module} import ${name}`;
}
