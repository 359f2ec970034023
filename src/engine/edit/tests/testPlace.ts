/** Where the tests of a source file lie, as the project's other tests do. */
import type { FrameworkId } from './framework.js';

/** How a framework's test files are named and where they lie when there are none yet. */
interface Naming {
  /** With one group: the name of what is tested. */
  readonly test: RegExp;
  /** The first one is the usual name. */
  readonly names: readonly ((base: string, extension: string) => string)[];
  /** Root folder of tests; `beside`: next to the source. */
  readonly folder: string;
}

const script = (folder: string): Naming => ({
  test: /^(.+)[.-](?:test|spec)\.[cm]?[jt]sx?$/,
  names: [
    (base, extension) => `${base}.test${extension}`,
    (base, extension) => `${base}.spec${extension}`,
    (base, extension) => `${base}-test${extension}`,
  ],
  folder,
});
const python: Naming = {
  test: /^test_(.+)\.py$|^(.+)_test\.py$/,
  names: [(base) => `test_${base}.py`, (base) => `${base}_test.py`],
  folder: 'tests',
};
const java: Naming = {
  test: /^(.+?)Tests?\.java$/,
  names: [(base) => `${base}Test.java`, (base) => `${base}Tests.java`],
  folder: 'src/test/java',
};
const csharp: Naming = {
  test: /^(.+?)Tests?\.cs$/,
  names: [(base) => `${base}Tests.cs`, (base) => `${base}Test.cs`],
  folder: '',
};

const NAMING: Readonly<Record<FrameworkId, Naming>> = {
  vitest: script('beside'),
  jest: script('beside'),
  mocha: script('test'),
  ava: script('test'),
  'node:test': script('beside'),
  pytest: python,
  unittest: python,
  go: { test: /^(.+)_test\.go$/, names: [(base) => `${base}_test.go`], folder: 'beside' },
  rust: { test: /^$/, names: [], folder: 'beside' },
  junit4: java,
  junit5: java,
  rspec: { test: /^(.+)_spec\.rb$/, names: [(base) => `${base}_spec.rb`], folder: 'spec' },
  minitest: {
    test: /^(.+)_test\.rb$|^test_(.+)\.rb$/,
    names: [(base) => `${base}_test.rb`, (base) => `test_${base}.rb`],
    folder: 'test',
  },
  phpunit: { test: /^(.+)Test\.php$/, names: [(base) => `${base}Test.php`], folder: 'tests' },
  xunit: csharp,
  nunit: csharp,
};
/** Folders that hold a project's code, and aren't repeated below its tests. */
const CODE_FOLDER = /^(?:src\/main\/java|src|lib|app|source|packages\/[^/]+\/src)$/;
const TEST_FOLDER = /^(?:tests?|spec|__tests__)$/;

export function isTestFile(framework: FrameworkId, path: string): boolean {
  return NAMING[framework].test.test(nameOf(path));
}

/**
 * @param source path with slashes, relative to the folder that `files` are relative to
 * @returns the path of the file for its tests: one that is there, or a new one named and placed like most others
 */
export function testPlace(framework: FrameworkId, source: string, files: readonly string[]): string {
  const naming = NAMING[framework];
  const { folder, base, extension } = partsOf(source);
  const tests = files.filter((path) => naming.test.test(nameOf(path)));
  const sources = files.filter((path) => !naming.test.test(nameOf(path)));
  const own = nearest(
    tests.filter(
      (path) =>
        testedName(naming, path) === base &&
        extensionFits(path, extension) &&
        isTestOf(path, source, sources),
    ),
    source,
  );
  if (own !== undefined) return own;
  const votes = new Map<string, number>();
  for (const test of tests)
    for (const place of placesLike(naming, test, sources, { folder, base, extension }))
      votes.set(place, (votes.get(place) ?? 0) + 1 + closeness(test, source) / 100);
  const [best] = [...votes].sort(([, one], [, other]) => other - one);
  return best?.[0] ?? usualPlace(naming, { folder, base, extension });
}

/** Whether a test with the right name isn't that of another file, or of another package. */
function isTestOf(test: string, source: string, sources: readonly string[]): boolean {
  const folder = folderOf(test);
  const top = testTop(folder);
  if (top !== undefined) return isBelow(source, packageOf(top));
  const hasSameName = (path: string): boolean => nameOf(path) === nameOf(source) && path !== source;
  return folder === folderOf(source) || !sources.some(hasSameName);
}

/** The folder whose tests are in a folder of tests. */
function packageOf(top: string): string {
  return folderOf(top).replace(/(?:^|\/)src$/, '');
}

function isBelow(path: string, folder: string): boolean {
  return folder === '' || path.startsWith(`${folder}/`);
}

interface Parts {
  readonly folder: string;
  readonly base: string;
  readonly extension: string;
}

function partsOf(path: string): Parts {
  const name = nameOf(path);
  const dot = name.lastIndexOf('.');
  return { folder: folderOf(path), base: name.slice(0, dot), extension: name.slice(dot) };
}

/** Where a source would have its test if it were placed like another test. */
function placesLike(naming: Naming, test: string, sources: readonly string[], own: Parts): string[] {
  const tested = testedName(naming, test) ?? '';
  const folder = folderOf(test);
  const name = namedLike(naming, nameOf(test), tested, own);
  const source = nearest(
    sources.filter((path) => partsOf(path).base === tested && folderOf(path) !== ''),
    test,
  );
  const sourceFolder = source === undefined ? undefined : folderOf(source);
  if (sourceFolder === folder || (sourceFolder === undefined && !isBelowTests(folder)))
    return [join(own.folder, name)];
  if (nameOf(folder) === '__tests__' && (sourceFolder ?? folderOf(folder)) === folderOf(folder))
    return [join(join(own.folder, '__tests__'), name)];
  const top = testTop(folder);
  if (top === undefined) return [];
  // The tests of another package of the same repository.
  const around = packageOf(top);
  if (!isBelow(`${own.folder}/`, around)) return [];
  const inside = (path: string): string =>
    withoutCodeFolder(around === '' ? path : path.slice(around.length + 1));
  // All tests in one folder, although their sources are in several.
  if (folder === top && sourceFolder !== undefined && inside(sourceFolder) !== '') return [join(top, name)];
  return [join(join(top, inside(own.folder)), name)];
}

function namedLike(naming: Naming, testName: string, tested: string, { base, extension }: Parts): string {
  const testExtension = testName.slice(testName.lastIndexOf('.'));
  const like = naming.names.find((name) => name(tested, testExtension) === testName) ?? naming.names[0];
  return like?.(base, extension) ?? `${base}${extension}`;
}

function usualPlace(naming: Naming, { folder, base, extension }: Parts): string {
  const name = naming.names[0]?.(base, extension) ?? `${base}${extension}`;
  if (naming.folder === 'beside') return join(folder, name);
  return join(join(naming.folder, withoutCodeFolder(folder)), name);
}

function testedName({ test }: Naming, path: string): string | undefined {
  const match = test.exec(nameOf(path));
  return match?.[1] ?? match?.[2];
}

/** A test in TypeScript isn't that of a file in JavaScript of the same name, where both are there. */
function extensionFits(path: string, extension: string): boolean {
  const kind = (text: string): string => text.replace(/^\.[cm]?([jt])sx?$/, '$1');
  return kind(path.slice(path.lastIndexOf('.'))) === kind(extension);
}

function isBelowTests(folder: string): boolean {
  return testTop(folder) !== undefined;
}

/** The outermost folder of tests. */
function testTop(folder: string): string | undefined {
  const parts = folder.split('/');
  const at = parts.findIndex((part) => TEST_FOLDER.test(part));
  if (at < 0) return undefined;
  const isMaven = parts[at] === 'test' && parts[at - 1] === 'src' && parts[at + 1] === 'java';
  return parts.slice(0, at + (isMaven ? 2 : 1)).join('/');
}

function withoutCodeFolder(folder: string): string {
  const parts = folder.split('/');
  for (let count = Math.min(parts.length, 3); count > 0; count--)
    if (CODE_FOLDER.test(parts.slice(0, count).join('/'))) return parts.slice(count).join('/');
  return folder;
}

function nearest(paths: readonly string[], to: string): string | undefined {
  return [...paths].sort((one, other) => closeness(other, to) - closeness(one, to))[0];
}

/** How many folders two paths share at their beginning and, so that mirrored ones count, at their end. */
function closeness(one: string, other: string): number {
  const [first, second] = [folderOf(one).split('/'), folderOf(other).split('/')];
  let start = 0;
  while (start < first.length && first[start] === second[start]) start++;
  let end = 0;
  while (end < first.length - start && first.at(-1 - end) === second.at(-1 - end)) end++;
  return start + end;
}

const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));
const join = (folder: string, name: string): string =>
  folder === '' ? name : name === '' ? folder : `${folder}/${name}`;
