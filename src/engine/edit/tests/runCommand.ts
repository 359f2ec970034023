import { dirname, join, posix, relative, sep } from 'node:path';
import { isWithin } from '../../completion/context/workspace.js';
import type { TestCommand } from '../../../protocol/tests.js';
import type { Framework } from './framework.js';
import type { ProjectFiles } from './projectFiles.js';
import { scriptOptions } from './testScript.js';

interface TestRun {
  readonly framework: Framework;
  readonly project: ProjectFiles;
  /** Files of the project, relative to its root. */
  readonly files: readonly string[];
  /** With slashes, relative to the framework's root. */
  readonly sourcePath: string;
  readonly testPath: string;
}

/** The command that runs the tests of one file, as a person in that project would type it. */
export async function runCommand(run: TestRun): Promise<TestCommand> {
  const words = await wordsOf(run);
  const { root, id } = run.framework;
  // Nothing in unittest itself puts a folder on the path.
  return id === 'unittest' && isInSrc(run)
    ? { words, folder: root, env: { PYTHONPATH: 'src' } }
    : { words, folder: root };
}

async function wordsOf(run: TestRun): Promise<readonly string[]> {
  const { framework, files, sourcePath, testPath } = run;
  const { id, manifest } = framework;
  const name = posix.basename(testPath).replace(/\.\w+$/, '');
  switch (id) {
    case 'vitest':
      return [...(await runner(run)), 'vitest', 'run', ...scriptOptions(id, manifest).tool, testPath];
    case 'jest':
    case 'mocha':
    case 'ava': {
      const { node, tool, isTsMocha } = scriptOptions(id, manifest);
      // As Jest's own guide has it: the options of Node that its script sets.
      if (id === 'jest' && node.length > 0)
        return ['node', ...node, 'node_modules/jest/bin/jest.js', ...tool, testPath];
      return [...(await runner(run)), isTsMocha ? 'ts-mocha' : id, ...tool, testPath];
    }
    case 'node:test': {
      const { node, isTsx } = scriptOptions(id, manifest);
      const program = isTsx ? [...(await runner(run)), 'tsx'] : ['node'];
      return [...program, ...node, '--test', testPath];
    }
    case 'pytest':
      return [await python(run), '-m', 'pytest', ...pathOption(run), testPath];
    case 'unittest':
      return [await python(run), '-m', 'unittest', testPath];
    case 'go':
      // A package whose tests are all skipped is "ok" without -v.
      return ['go', 'test', '-v', `./${posix.dirname(testPath)}`.replace(/\/\.$/, '/')];
    case 'rust':
      return ['cargo', 'test', `${moduleOf(sourcePath)}tests::`];
    case 'junit4':
    case 'junit5':
      if (files.includes('pom.xml'))
        // -q would hide how many tests were run.
        return [await wrapper(run, 'mvnw', 'mvn'), 'test', `-Dtest=${name}`];
      return [await wrapper(run, 'gradlew', 'gradle'), 'test', '--tests', `*${name}`];
    case 'rspec':
      return [...(await bundler(run)), 'rspec', testPath];
    case 'minitest':
      return [...(await bundler(run)), 'ruby', '-Ilib', '-Itest', testPath];
    case 'phpunit':
      return ['vendor/bin/phpunit', testPath];
    case 'xunit':
    case 'nunit':
      return ['dotnet', 'test', '--filter', `FullyQualifiedName~${name}`];
  }
}

/** Runs a program of the project's packages. Nothing is downloaded for it. */
async function runner(run: TestRun): Promise<readonly string[]> {
  if ((await nearest(run, ['pnpm-lock.yaml'])) !== undefined) return ['pnpm', 'exec'];
  if ((await nearest(run, ['yarn.lock'])) !== undefined) return ['yarn', 'run'];
  return ['npx', '--no-install'];
}

/** A project may have no Gemfile, only `.rspec`: then the machine's gems are used. */
async function bundler(run: TestRun): Promise<readonly string[]> {
  return (await nearest(run, ['Gemfile'])) === undefined ? [] : ['bundle', 'exec'];
}

const isWindows = process.platform === 'win32';
const PYTHONS = ['.venv', 'venv', 'env'].map((folder) =>
  isWindows ? `${folder}/Scripts/python.exe` : `${folder}/bin/python`,
);

/** That of the project's virtual environment, which has the packages that it needs. */
async function python(run: TestRun): Promise<string> {
  const own = await nearest(run, PYTHONS);
  if (own !== undefined) return own;
  return isWindows || run.files.includes('poetry.lock') ? 'python' : 'python3';
}

/** A package in `src` can be imported only where it is installed, or where its folder is on the path. */
function pathOption(run: TestRun): readonly string[] {
  const isSet = /\bpythonpath\b/.test(run.framework.manifest) || run.files.includes('conftest.py');
  return isInSrc(run) && !isSet ? ['-o', 'pythonpath=src'] : [];
}

const isInSrc = ({ sourcePath }: TestRun): boolean => sourcePath.startsWith('src/');

/** A crate has a module of tests for each file. */
function moduleOf(sourcePath: string): string {
  const [, path] = /^src\/(.+?)(?:\/mod)?\.rs$/.exec(sourcePath) ?? [];
  if (path === undefined || /^(?:lib|main|bin\/.*)$/.test(path)) return '';
  return `${path.replaceAll('/', '::')}::`;
}

async function wrapper(run: TestRun, script: string, program: string): Promise<string> {
  const extension = !isWindows ? '' : script === 'mvnw' ? '.cmd' : '.bat';
  return (await nearest(run, [script + extension])) ?? program;
}

/** As the framework's root reaches it; a repository of several packages has such files at its top. */
async function nearest(
  { framework: { root }, project }: TestRun,
  names: readonly string[],
): Promise<string | undefined> {
  for (let folder = root; isWithin(folder, project.top); folder = dirname(folder)) {
    for (const name of names) {
      if (!(await project.exists(join(folder, name)))) continue;
      const path = relative(root, join(folder, name)).split(sep).join('/');
      return path.startsWith('.') ? path : `./${path}`;
    }
    if (folder === dirname(folder)) break;
  }
  return undefined;
}
