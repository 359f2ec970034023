import { readdir, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { asSyntax, ELSEWHERE, messagesIn, verdict, type MessageGroups } from './messageLines.js';
import type { CheckJob, CommandTool, ToolCall } from './commandChecker.js';

const COPY = /(?:^|[/\\\\-])checked(?:_test)?\.go$/;
const LANGUAGES = ['go'];

/** Go's parser. */
export const GOFMT: CommandTool = {
  name: 'gofmt',
  languageIds: LANGUAGES,
  programs: () => ['gofmt'],
  prepare: ({ file }) => Promise.resolve({ args: ['-e', '-l'], input: file.text }),
  read: (output) => {
    const problems = messagesIn(
      output.stderr,
      (text) =>
        /^<standard input>:(?<line>\d+):(?<column>\d+): (?<message>.+)$/.exec(text)?.groups as
          MessageGroups | undefined,
    );
    // Whether the text is formatted is its standard output.
    return verdict(output, problems, output.stderr.trim() === '');
  },
};

/** Go's compiler, on the file's package with the text in place of the file. Nothing is linked, and nothing fetched. */
export const GO_BUILD: CommandTool = {
  name: 'go',
  languageIds: LANGUAGES,
  programs: () => ['go'],
  prepare: (job) => {
    const options = [
      '-buildvcs=false',
      '-gcflags=-e',
      '-o',
      process.platform === 'win32' ? 'NUL' : '/dev/null',
    ];
    return inPackage(job, isTest(job.path) ? ['test', '-c', '-vet=off'] : ['build'], options);
  },
  read: (output, { path = '' }) => {
    const problems = messagesIn(output.stderr, (text) => groupsOf(text, path));
    const isParsed = !problems.some(({ message }) => message.startsWith('syntax error'));
    return verdict(output, isParsed ? problems : asSyntax(problems), output.stderr.trim() === '');
  },
};

/** What compiles and is wrong all the same. Of code that doesn't compile it names one error only: no verdict then. */
export const GO_VET: CommandTool = {
  name: 'go vet',
  languageIds: LANGUAGES,
  programs: () => ['go'],
  prepare: (job) => inPackage(job, ['vet'], []),
  read: (output, { path = '' }) => {
    if (/^vet: /m.test(output.stderr)) return undefined;
    const found = messagesIn(output.stderr, (text) => groupsOf(text, path));
    const isClean = output.code === 0 && output.stderr.trim() === '';
    return found.length > 0 || isClean ? found.map((each) => ({ ...each, severity: 'warning' })) : undefined;
  },
};

async function inPackage(
  { path, folder, copy }: CheckJob,
  command: readonly string[],
  options: readonly string[],
): Promise<ToolCall> {
  const file = await copy(isTest(path) ? 'checked_test.go' : 'checked.go');
  const call = (more: readonly string[]): ToolCall => ({
    args: [...command, ...options, ...more],
    env: ENVIRONMENT,
  });
  // A file by itself, which may use Go's own packages.
  if (path === undefined || !(await hasModule(dirname(path)))) return call([file]);
  const overlay = join(folder, 'overlay.json');
  await writeFile(overlay, JSON.stringify({ Replace: { [path]: file } }));
  return { ...call(['-overlay', overlay, '.']), folder: dirname(path) };
}

/** Neither a module, a toolchain nor a C compiler is started or fetched, whatever `go env -w` and go.mod say. */
const ENVIRONMENT: Readonly<Record<string, string>> = {
  GOENV: 'off',
  GOFLAGS: '',
  GOPROXY: 'off',
  GOSUMDB: 'off',
  GOTOOLCHAIN: 'local',
  GOTELEMETRY: 'off',
  CGO_ENABLED: '0',
};

const isTest = (path = ''): boolean => path.endsWith('_test.go');

async function hasModule(folder: string): Promise<boolean> {
  for (let at = folder; ; at = dirname(at)) {
    const names = await readdir(at).catch((): string[] => []);
    if (names.includes('go.mod') || names.includes('go.work')) return true;
    if (at === dirname(at)) return false;
  }
}

/** Go names the copy by a path that it shortens; problems in other files of the package belong to the edit, too. */
function groupsOf(text: string, path: string): MessageGroups | undefined {
  const match = /^(?<file>\S.*?\.go):(?<line>\d+)(?::(?<column>\d+))?: (?<message>.+)$/.exec(text);
  const { file = '', line = '', column, message = '' } = match?.groups ?? {};
  if (match === null) return undefined;
  const isCopy = COPY.test(file) || basename(file) === basename(path);
  return isCopy ? { line, column, message } : { line: ELSEWHERE, message: `${basename(file)}: ${message}` };
}
