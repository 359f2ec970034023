/** Where the standard libraries have a name: the statements that make it known. */
import STANDARD from './standardNames.json' with { type: 'json' };

/** Modules, and their names; lists are words with spaces between them. */
interface Library {
  readonly modules: string;
  readonly members: Readonly<Record<string, string>>;
}

const LIBRARIES: Readonly<Record<string, Library>> = {
  ...STANDARD,
  javascriptreact: STANDARD.javascript,
  typescript: STANDARD.javascript,
  typescriptreact: STANDARD.javascript,
};
/** What follows the name of a module where something of it is used. */
const MEMBER = /^\s*(?:\.|::)\s*\w/;

/**
 * @param text the file that uses the name
 * @param uses lines that use it
 * @returns more than one where several modules have the name; those that the file imports from come first, alone
 */
export function standardImports(
  name: string,
  languageId: string,
  text: string,
  uses: readonly string[],
): readonly string[] {
  const library = LIBRARIES[languageId];
  if (library === undefined) return [];
  const found = [
    ...(isUsedAsModule(name, uses) ? modulesOf(library, name) : []).map((module) => ({ module, member: '' })),
    ...(isUsedAlone(name, languageId, text, uses) ? homesOf(library, name) : []).map((module) => ({
      module,
      member: name,
    })),
  ];
  const known = found.filter(({ module }) =>
    new RegExp(`^.*\\b(?:import|from|use)\\b.*${escaped(module)}\\b`, 'm').test(text),
  );
  return (known.length > 0 ? known : found).map((each) =>
    statement(each.module, each.member, languageId, text),
  );
}

/** `path` is `path/filepath` nowhere: the last part is the name. */
function modulesOf({ modules }: Library, name: string): readonly string[] {
  return modules.split(' ').filter((module) => module !== '' && lastPart(module) === name);
}

function homesOf({ members }: Library, name: string): readonly string[] {
  return Object.entries(members).flatMap(([module, names]) =>
    names.split(' ').includes(name) ? [module] : [],
  );
}

const lastPart = (module: string): string => module.split(/\/|::/).at(-1) ?? module;

function isUsedAsModule(name: string, uses: readonly string[]): boolean {
  return placesOf(name, uses).some(({ before, after }) => !/[.:]$/.test(before) && MEMBER.test(after));
}

function isUsedAlone(name: string, languageId: string, text: string, uses: readonly string[]): boolean {
  const isStd = languageId === 'cpp' && !/\busing\s+namespace\s+std\b/.test(text);
  return placesOf(name, uses).some(({ before }) =>
    isStd && !/_t$|^[A-Z_]+$|^assert$/.test(name) ? /\bstd::$/.test(before) : !/(?:\.|->)$/.test(before),
  );
}

function placesOf(
  name: string,
  uses: readonly string[],
): { readonly before: string; readonly after: string }[] {
  const pattern = new RegExp(`(?<![\\w$])${escaped(name)}(?![\\w$])`, 'g');
  return uses.flatMap((line) =>
    [...line.matchAll(pattern)].map(({ index }) => ({
      before: line.slice(0, index),
      after: line.slice(index + name.length),
    })),
  );
}

const escaped = (name: string): string => name.replace(/[$./]/g, '\\$&');

/** In the way in which the file imports other things. */
function statement(module: string, member: string, languageId: string, text: string): string {
  switch (languageId) {
    case 'python':
      return member === '' ? `import ${module}` : `from ${module} import ${member}`;
    case 'go':
      return `"${module}"`;
    case 'java':
      return `import ${module}.${member};`;
    case 'rust':
      return member === '' ? `use ${module};` : `use ${module}::${member};`;
    case 'c':
    case 'cpp':
      return `#include <${module}>`;
    default:
      return scriptStatement(module.replace(/^node:/, ''), member, languageId, text);
  }
}

function scriptStatement(module: string, member: string, languageId: string, text: string): string {
  const isPrefixed = /["']node:/.test(text) || !/["'](?:fs|path|os|util|url|http)["']/.test(text);
  const name = (isPrefixed ? 'node:' : '') + module;
  if (member !== '') return importedFrom(name, member, text);
  if (isCommonJs(text)) return `const ${module} = require(${quoted(name, text)})${endOf(text)}`;
  const isWhole =
    languageId.startsWith('typescript') && !/^import \w+ from ["'](?:node:|fs|path|os)/m.test(text);
  return `import ${isWhole ? `* as ${module}` : module} from ${quoted(name, text)}${endOf(text)}`;
}

/** A name that another file of a script exports, imported as the text's other imports are written. */
export function importedFrom(module: string, name: string, text: string): string {
  return isCommonJs(text)
    ? `const { ${name} } = require(${quoted(module, text)})${endOf(text)}`
    : `import { ${name} } from ${quoted(module, text)}${endOf(text)}`;
}

/** Modules are required, not imported. */
export function isCommonJs(text: string): boolean {
  return /\brequire\(/.test(text) && !/^import\b/m.test(text);
}

function quoted(module: string, text: string): string {
  const count = (pattern: RegExp): number => text.match(pattern)?.length ?? 0;
  const isDouble = count(/\b(?:from\s+|require\()"/g) > count(/\b(?:from\s+|require\()'/g);
  return isDouble ? `"${module}"` : `'${module}'`;
}

const endOf = (text: string): string => (/\b(?:from\s+|require\()["'][^"']*["']\)?$/m.test(text) ? '' : ';');
