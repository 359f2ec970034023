/** Which test framework a project uses, as its manifest says. */
import { dirname, join } from 'node:path';
import { isWithin } from '../../completion/context/workspace.js';
import { packageFacts } from './packageFacts.js';
import type { ProjectFiles } from './projectFiles.js';

export type FrameworkId =
  | 'vitest'
  | 'jest'
  | 'mocha'
  | 'ava'
  | 'node:test'
  | 'pytest'
  | 'unittest'
  | 'go'
  | 'rust'
  | 'junit4'
  | 'junit5'
  | 'rspec'
  | 'minitest'
  | 'phpunit'
  | 'xunit'
  | 'nunit';

export const FRAMEWORK_NAMES: Readonly<Record<FrameworkId, string>> = {
  vitest: 'Vitest',
  jest: 'Jest',
  mocha: 'Mocha',
  ava: 'AVA',
  'node:test': 'node:test',
  pytest: 'pytest',
  unittest: 'unittest',
  go: 'go test',
  rust: 'cargo test',
  junit4: 'JUnit 4',
  junit5: 'JUnit 5',
  rspec: 'RSpec',
  minitest: 'minitest',
  phpunit: 'PHPUnit',
  xunit: 'xUnit',
  nunit: 'NUnit',
};

export interface Framework {
  readonly id: FrameworkId;
  /** The folder of the manifest that names it: tests are run there. */
  readonly root: string;
  /** The manifest's text. */
  readonly manifest: string;
}

/** What a manifest says; `undefined` when it names no framework that is known. */
type Reader = (text: string) => FrameworkId | undefined;

const SCRIPT: readonly (readonly [string, Reader])[] = [['package.json', scriptFramework]];
const MANIFESTS: Readonly<Record<string, readonly (readonly [string, Reader])[]>> = {
  javascript: SCRIPT,
  javascriptreact: SCRIPT,
  typescript: SCRIPT,
  typescriptreact: SCRIPT,
  python: [
    ['pytest.ini', () => 'pytest'],
    ['conftest.py', () => 'pytest'],
    ...[
      'pyproject.toml',
      'setup.cfg',
      'tox.ini',
      'requirements-dev.txt',
      'dev-requirements.txt',
      'requirements.txt',
      'Pipfile',
      'setup.py',
    ].map((name) => [name, pythonFramework] as const),
  ],
  go: [['go.mod', () => 'go']],
  rust: [['Cargo.toml', () => 'rust']],
  java: ['pom.xml', 'build.gradle', 'build.gradle.kts'].map((name) => [name, javaFramework] as const),
  ruby: [
    ['.rspec', () => 'rspec'],
    ['Gemfile', rubyFramework],
  ],
  php: [['composer.json', (text) => (/"phpunit\/phpunit"/.test(text) ? 'phpunit' : undefined)]],
};

/** Part of the language or its runtime: what remains when no manifest names a framework. */
const BUILT_IN: Readonly<Record<string, FrameworkId>> = { python: 'unittest', javascript: 'node:test' };

/** The framework that the nearest manifest around a file names, else the one that comes with the language. */
export async function frameworkFor(
  languageId: string,
  path: string,
  files: ProjectFiles,
): Promise<Framework | undefined> {
  const { top } = files;
  if (languageId === 'csharp') return csharpFramework(path, files);
  const manifests = MANIFESTS[languageId] ?? [];
  const builtIn = BUILT_IN[languageId];
  let plain: Framework | undefined;
  for (let folder = dirname(path); isWithin(folder, top); folder = dirname(folder)) {
    for (const [name, read] of manifests) {
      const text = await files.read(join(folder, name));
      if (text === undefined) continue;
      const id = read(text);
      if (id !== undefined) return { id, root: folder, manifest: text };
      plain ??= builtIn === undefined ? undefined : { id: builtIn, root: folder, manifest: text };
    }
    if (folder === dirname(folder)) break;
  }
  // A script without a package.json may be a browser's, but what is Python runs with Python.
  return plain ?? (languageId === 'python' ? { id: 'unittest', root: top, manifest: '' } : undefined);
}

function scriptFramework(text: string): FrameworkId | undefined {
  const { scripts, names } = packageFacts(text);
  if (/\bvitest\b/.test(scripts)) return 'vitest';
  if (/\bjest\b|react-scripts test/.test(scripts)) return 'jest';
  if (/\bmocha\b/.test(scripts)) return 'mocha';
  if (/(?:^|\s)ava\b/m.test(scripts)) return 'ava';
  if (/\b(?:node|tsx)\b.*\s--test\b/.test(scripts)) return 'node:test';
  if (names.has('vitest')) return 'vitest';
  if (names.has('jest') || names.has('@jest/globals') || names.has('ts-jest')) return 'jest';
  if (names.has('mocha')) return 'mocha';
  return names.has('ava') ? 'ava' : undefined;
}

function pythonFramework(text: string): FrameworkId | undefined {
  return /\bpytest\b/.test(text) ? 'pytest' : undefined;
}

function javaFramework(text: string): FrameworkId | undefined {
  if (/jupiter|useJUnitPlatform|spring-boot-starter-test/.test(text)) return 'junit5';
  return /junit:junit:|<artifactId>junit<\/artifactId>/.test(text) ? 'junit4' : undefined;
}

function rubyFramework(text: string): FrameworkId | undefined {
  if (/['"]rspec/.test(text)) return 'rspec';
  return /['"](?:minitest|rails)['"]/.test(text) ? 'minitest' : undefined;
}

/** The tests of a .NET solution have a project of their own. */
async function csharpFramework(path: string, files: ProjectFiles): Promise<Framework | undefined> {
  const { top } = files;
  const projects = (await files.list(top)).filter((name) => name.endsWith('.csproj'));
  const found: Framework[] = [];
  for (const name of projects) {
    const manifest = (await files.read(join(top, name))) ?? '';
    const id = /"xunit/i.test(manifest) ? 'xunit' : /"NUnit/i.test(manifest) ? 'nunit' : undefined;
    if (id !== undefined) found.push({ id, root: join(top, dirname(name)), manifest });
  }
  const own = projects.find((name) => isWithin(path, join(top, dirname(name))));
  const ownName = own?.replace(/^.*\/|\.csproj$/g, '');
  return found.find(({ manifest }) => ownName !== undefined && manifest.includes(ownName)) ?? found[0];
}
