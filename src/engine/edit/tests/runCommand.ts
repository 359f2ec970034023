import { posix } from 'node:path';
import type { TestCommand } from '../../../protocol/tests.js';
import type { Framework } from './framework.js';

interface TestRun {
  readonly framework: Framework;
  /** Files of the project, relative to its root. */
  readonly files: readonly string[];
  /** The test file, relative to the framework's root. */
  readonly testPath: string;
}

/** The command that runs the tests of one file, as a person in that project would type it. */
export function runCommand({ framework: { id, root }, files, testPath }: TestRun): TestCommand {
  return { words: words(), folder: root };

  function words(): readonly string[] {
    const name = posix.basename(testPath).replace(/\.\w+$/, '');
    switch (id) {
      case 'vitest':
        return [...runner(files), 'vitest', 'run', testPath];
      case 'jest':
      case 'mocha':
      case 'ava':
        return [...runner(files), id, testPath];
      case 'node:test':
        return ['node', '--test', testPath];
      case 'pytest':
        return [python(files), '-m', 'pytest', testPath];
      case 'unittest':
        return [python(files), '-m', 'unittest', testPath];
      case 'go':
        return ['go', 'test', `./${posix.dirname(testPath)}`.replace(/\/\.$/, '/')];
      case 'rust':
        return ['cargo', 'test', 'tests::'];
      case 'junit4':
      case 'junit5':
        if (files.includes('pom.xml')) return ['mvn', '-q', 'test', `-Dtest=${name}`];
        return [files.includes('gradlew') ? './gradlew' : 'gradle', 'test', '--tests', `*${name}`];
      case 'rspec':
        return ['bundle', 'exec', 'rspec', testPath];
      case 'minitest':
        return ['bundle', 'exec', 'ruby', '-Ilib', '-Itest', testPath];
      case 'phpunit':
        return ['vendor/bin/phpunit', testPath];
      case 'xunit':
      case 'nunit':
        return ['dotnet', 'test', '--filter', `FullyQualifiedName~${name}`];
    }
  }
}

/** Runs a program of the project's packages. Nothing is downloaded for it. */
function runner(files: readonly string[]): readonly string[] {
  if (files.includes('pnpm-lock.yaml')) return ['pnpm', 'exec'];
  if (files.includes('yarn.lock')) return ['yarn', 'run'];
  return ['npx', '--no-install'];
}

function python(files: readonly string[]): string {
  if (files.includes('poetry.lock')) return 'python';
  return process.platform === 'win32' ? 'python' : 'python3';
}
