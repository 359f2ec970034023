import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { FileGate, type ExclusionSettings } from '../../../src/engine/completion/context/fileGate.js';
import { Workspace } from '../../../src/engine/completion/context/workspace.js';
import { ContextQueue } from '../../../src/engine/decoding/contextQueue.js';
import { Decoder } from '../../../src/engine/decoding/decoder.js';
import { Scheduler } from '../../../src/engine/decoding/scheduler.js';
import { filesAround } from '../../../src/engine/edit/tests/projectFiles.js';
import { TestService } from '../../../src/engine/edit/tests/testService.js';
import { languageOfFile } from '../../../src/engine/language/languageOf.js';
import { SyntaxTrees } from '../../../src/engine/syntax/syntaxTrees.js';
import type { WrittenTests } from '../../../src/protocol/tests.js';
import { ScriptedModel } from '../../unit/support/scriptedModel.js';

const MAX_RUN_MS = 180_000;
const trees = new SyntaxTrees();

export interface TestRunOutcome {
  readonly written: WrittenTests;
  /** With slashes, relative to the project. */
  readonly path: string;
  readonly code: number;
  readonly output: string;
}

/** A project on disk whose tests are written by a model with scripted answers, and really run. */
export class TestedProject {
  constructor(readonly root: string) {}

  async add(files: Readonly<Record<string, string>>): Promise<void> {
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(this.root, path)), { recursive: true });
      await writeFile(join(this.root, path), text);
    }
  }

  /**
   * The tests for a place; nothing is written to disk.
   * @param place `path:line`, from 1
   */
  async write(
    place: string,
    answer: string,
    exclusions: ExclusionSettings = { completionExclude: [], completionExcludeByFolder: {} },
  ): Promise<WrittenTests> {
    const [name = '', line = '1'] = place.split(':');
    const path = join(this.root, name);
    const text = await readFile(path, 'utf8');
    const uri = pathToFileURL(path).href;
    const start = { line: Number(line) - 1, character: 0 };
    return this.service(answer, exclusions).write(
      { textDocument: { uri, version: 1 }, range: { start, end: start }, isTrusted: false, progressToken: 1 },
      TextDocument.create(uri, languageOfFile(path, text), 1, text),
      new AbortController().signal,
      () => undefined,
    );
  }

  /** Writes tests, saves them and runs the command for them. */
  async run(place: string, answer: string): Promise<TestRunOutcome> {
    const written = await this.write(place, answer);
    const file = fileURLToPath(written.uri);
    const old = TextDocument.create('', '', 1, written.exists ? await readFile(file, 'utf8') : '');
    await mkdir(dirname(file), { recursive: true });
    const edit = { range: written.range, newText: written.newText };
    await writeFile(file, TextDocument.applyEdits(old, [edit]));
    const path = relative(this.root, file).replaceAll('\\', '/');
    return { written, path, ...(await runCommand(written.command)) };
  }

  private service(answer: string, exclusions: ExclusionSettings): TestService {
    const model = new ScriptedModel({ answer: () => answer, trainedContextTokens: 16_384 });
    const queue = new ContextQueue(model, 'fix', { contextTokens: 16_384, batchTokens: 512 });
    const workspace = new Workspace();
    workspace.setFolders([pathToFileURL(this.root).href]);
    const gate = new FileGate(workspace, () => exclusions);
    return new TestService({
      host: { contextQueue: () => Promise.resolve(queue) },
      decoder: new Decoder(new Scheduler()),
      status: { during: (_, work) => work() },
      checks: { syntax: trees },
      files: (source) => filesAround(source, workspace, gate),
    });
  }
}

function runCommand({ words: [program = '', ...args], folder, env: own }: WrittenTests['command']): Promise<{
  readonly code: number;
  readonly output: string;
}> {
  // Each test of the suite itself runs in Node's test runner or Mocha, which tell so to their children.
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^NODE_(?:TEST_CONTEXT|OPTIONS)$/.test(name)),
  );
  return new Promise((resolve, reject) => {
    const options = { cwd: folder, env: { ...env, ...own }, timeout: MAX_RUN_MS, encoding: 'utf8' } as const;
    execFile(program, args, options, (error, stdout, stderr) => {
      const output = stdout + stderr;
      if (error === null) resolve({ code: 0, output });
      else if (typeof error.code === 'number') resolve({ code: error.code, output });
      else reject(new Error(`${program} ${args.join(' ')}: ${error.message}\n${output}`));
    });
  });
}
