/** Test files in JavaScript and TypeScript. */
import { posix } from 'node:path';
import { impossible } from '../editTask.js';
import { packageFacts } from './packageFacts.js';
import type { FramePlace, TestFrame, TestImport } from './testFrame.js';
import { importedName, subjectName } from './testSubject.js';

/** @throws EngineError `notReachable` when the source doesn't export it */
export function scriptFrame(place: FramePlace): TestFrame {
  const { framework, subject, source } = place;
  const quote = usesDoubleQuotes(source) ? '"' : "'";
  const isModule = isEsModule(place);
  const ending = /;\s*$/m.test(source) || !/\n.*\n/.test(source) ? ';' : '';
  const load = (names: string, from: string): string =>
    (isModule
      ? `import ${names} from ${quote}${from}${quote}`
      : `const ${names.replaceAll(' as ', ': ')} = require(${quote}${from}${quote})`) + ending;
  const named = (names: readonly string[], from: string): TestImport => ({
    line: load(`{ ${names.join(', ')} }`, from),
    names,
  });
  const assert: TestImport = { line: load('assert', 'node:assert/strict'), names: ['assert'] };
  const facts = packageFacts(framework.manifest);
  const own = subjectImport(place, load);
  const describe = subjectName(subject);
  const quoted = `${quote}${describe}${quote}`;
  const block = (imports: readonly TestImport[], globals = ''): TestFrame => ({
    head: [],
    imports: [...imports, own],
    open: [`describe(${quoted}, () => {`],
    close: [`})${ending}`],
    start: `  it(${quote}`,
    empty: [`  it(${quote}${quote}, () => {})${ending}`],
    isMember: false,
    gap: 1,
    assertion: /\b(?:expect|assert)\b/,
    globals,
  });
  switch (framework.id) {
    case 'vitest':
      return block([named(['describe', 'expect', 'it'], 'vitest')]);
    case 'jest':
      return facts.names.has('@jest/globals') && isModule
        ? block([named(['describe', 'expect', 'it'], '@jest/globals')])
        : block([], 'describe it test expect jest beforeEach afterEach beforeAll afterAll');
    case 'mocha':
      return block(
        [facts.names.has('chai') ? named(['expect'], 'chai') : assert],
        'describe it before after beforeEach afterEach',
      );
    case 'ava':
      return {
        ...block([{ line: load('test', 'ava'), names: ['test'] }]),
        open: [],
        close: [],
        start: `test(${quote}${describe}:`,
        empty: [`test(${quote}${quote}, (t) => {})${ending}`],
        testName: /^test\(['"`]([^'"`]+)['"`]/gm,
        assertion: /\bt\.\w+\(/,
      };
    default:
      return block([named(['describe', 'it'], 'node:test'), assert]);
  }
}

function subjectImport(place: FramePlace, load: (names: string, from: string) => string): TestImport {
  const { source, sourcePath, testPath } = place;
  const name = importedName(place.subject);
  const from = importPath(place, sourcePath, testPath);
  const exported = exportedAs(source, name);
  if (exported === undefined) throw impossible('notReachable');
  if (exported === 'default') return { line: load(name, from), names: [name] };
  const names = exported === name ? name : `${exported} as ${name}`;
  return { line: load(`{ ${names} }`, from), names: [name] };
}

/** The name under which a module exports one of its names. */
export function exportedAs(source: string, name: string): string | undefined {
  const own = name.replaceAll('$', '\\$');
  const has = (pattern: string): boolean => new RegExp(pattern, 'm').test(source);
  const keyword = '(?:declare |abstract |async )*(?:function\\*?|class|const|let|var)';
  if (has(`^export ${keyword} +${own}(?![\\w$])`)) return name;
  if (has(`^export default (?:${keyword} +)?${own}(?![\\w$])`)) return 'default';
  for (const [, list = ''] of source.matchAll(/^export \{([^}]*)\}(?! from)/gm))
    for (const each of list.split(',')) {
      const [from, to = from] = each.trim().split(/ as /);
      if (from?.trim() === name) return to?.trim();
    }
  if (has(`^(?:module\\.)?exports\\.${own} *=`)) return name;
  if (has(`^module\\.exports *= *(?:(?:async )?(?:function\\*?|class) +)?${own}(?![\\w$:])`))
    return 'default';
  const [, list = ''] = /^module\.exports *= *\{([^}]*)\}/m.exec(source) ?? [];
  const entry = list.split(',').find((each) => new RegExp(`(?:^|:\\s*)${own}$`).test(each.trim()));
  return entry?.trim().split(':')[0]?.trim();
}

function isEsModule({ framework, languageId, sourcePath, source }: FramePlace): boolean {
  if (languageId.startsWith('typescript') || sourcePath.endsWith('.mjs')) return true;
  if (sourcePath.endsWith('.cjs')) return false;
  if (/^(?:import\s|export\s)/m.test(source)) return true;
  if (/\brequire\(|\bmodule\.exports|^exports\./m.test(source)) return false;
  return packageFacts(framework.manifest).isModule;
}

function importPath({ framework, example, languageId }: FramePlace, source: string, test: string): string {
  const path = posix.relative(posix.dirname(test), source);
  const relative = path.startsWith('.') ? path : `./${path}`;
  const extension = posix.extname(relative);
  const bare = relative.slice(0, -extension.length);
  const [, used] = /(?:from|require\()\s*['"]\.\.?\/[^'"]*?(\.[cm]?[jt]sx?)?['"]/.exec(example) ?? [];
  const hasExample = /(?:from|require\()\s*['"]\.\.?\//.test(example);
  if (languageId.startsWith('typescript')) {
    if (hasExample) return used === undefined ? bare : bare + (used.includes('t') ? extension : used);
    return framework.id === 'node:test' ? relative : bare;
  }
  if (extension !== '.js' && extension !== '.jsx') return relative;
  if (hasExample) return used === undefined ? bare : relative;
  return framework.id === 'jest' ? bare : relative;
}

function usesDoubleQuotes(source: string): boolean {
  const count = (quote: string): number => source.split(quote).length;
  return count('"') > count("'");
}
