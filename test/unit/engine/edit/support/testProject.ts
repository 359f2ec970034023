import assert from 'node:assert/strict';
import { relative, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { ContextQueue } from '../../../../../src/engine/decoding/contextQueue.js';
import { Decoder } from '../../../../../src/engine/decoding/decoder.js';
import { Scheduler } from '../../../../../src/engine/decoding/scheduler.js';
import type { FixChecks } from '../../../../../src/engine/edit/fix/fixTask.js';
import type { ProjectFiles } from '../../../../../src/engine/edit/tests/projectFiles.js';
import { TestService } from '../../../../../src/engine/edit/tests/testService.js';
import { languageOfFile } from '../../../../../src/engine/language/languageOf.js';
import { SyntaxTrees } from '../../../../../src/engine/syntax/syntaxTrees.js';
import type { EditProgress } from '../../../../../src/protocol/edit.js';
import type { TestPlan, WriteTestsParams, WrittenTests } from '../../../../../src/protocol/tests.js';
import { ScriptedModel } from '../../../support/scriptedModel.js';

const ROOT = resolve('/project');
const trees = new SyntaxTrees();

/** A project that is only in memory, with a model that has scripted answers. */
export class TestProject {
  readonly prompts: string[] = [];
  readonly progress: EditProgress[] = [];
  readonly service: TestService;

  /** @param files texts by path; @param answers of the model, in order; the last one again and again */
  constructor(
    private readonly files: Readonly<Record<string, string>>,
    answers: readonly string[] = [],
    checks: FixChecks = {},
  ) {
    const model = new ScriptedModel({
      answer: (prompt) => answers[this.prompts.push(prompt) - 1] ?? answers.at(-1) ?? '',
      trainedContextTokens: 16_384,
    });
    const queue = new ContextQueue(model, 'fix', { contextTokens: 16_384, batchTokens: 512 });
    this.service = new TestService({
      host: { contextQueue: () => Promise.resolve(queue) },
      decoder: new Decoder(new Scheduler()),
      status: { during: (_, work) => work() },
      checks: { syntax: trees, ...checks },
      files: () => Promise.resolve(this.inMemory()),
    });
  }

  /** @param place `path:line`, from 1 */
  async plan(place: string): Promise<TestPlan & { readonly path: string }> {
    const { document, params } = this.request(place);
    const plan = await this.service.plan(params, document, new AbortController().signal);
    return { ...plan, path: pathOf(plan.uri) };
  }

  /** The test file's text afterwards. */
  async write(
    place: string,
    params: Partial<WriteTestsParams> = {},
    signal: AbortSignal = new AbortController().signal,
  ): Promise<WrittenTests & { readonly path: string; readonly text: string }> {
    const request = this.request(place);
    const written = await this.service.write(
      { ...request.params, isTrusted: false, progressToken: 1, ...params },
      request.document,
      signal,
      (each) => this.progress.push(each),
    );
    const path = pathOf(written.uri);
    const old = TextDocument.create('', '', 1, params.testText ?? this.files[path] ?? '');
    assert.equal(old.getText(written.range), written.oldText);
    const text = TextDocument.applyEdits(old, [{ range: written.range, newText: written.newText }]);
    return { ...written, path, text };
  }

  private request(place: string): {
    document: TextDocument;
    params: Pick<WriteTestsParams, 'textDocument' | 'range'>;
  } {
    const [path = '', line = '1'] = place.split(':');
    const text = this.files[path] ?? '';
    const uri = pathToFileURL(resolve(ROOT, path)).href;
    const start = { line: Number(line) - 1, character: 0 };
    return {
      document: TextDocument.create(uri, languageOfFile(path, text), 1, text),
      params: { textDocument: { uri, version: 1 }, range: { start, end: start } },
    };
  }

  private inMemory(): ProjectFiles {
    return {
      top: ROOT,
      exists: (path) => Promise.resolve(relative(ROOT, path) in this.files),
      isInside: () => Promise.resolve(true),
      read: (path) => Promise.resolve(this.files[relative(ROOT, path)]),
      list: (folder) => {
        const prefix = relative(ROOT, folder);
        const inside = Object.keys(this.files).filter(
          (path) => prefix === '' || path.startsWith(`${prefix}/`),
        );
        return Promise.resolve(inside.map((path) => (prefix === '' ? path : path.slice(prefix.length + 1))));
      },
    };
  }
}

function pathOf(uri: string): string {
  return relative(ROOT, fileURLToPath(uri));
}
