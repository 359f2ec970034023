import { join, relative, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { EditProgress } from '../../../protocol/edit.js';
import type { TestPlan, TestPlanParams, WriteTestsParams, WrittenTests } from '../../../protocol/tests.js';
import { abortable } from '../../cancellation.js';
import { isWithin, pathOf } from '../../completion/context/workspace.js';
import type { Decoder } from '../../decoding/decoder.js';
import type { ModelHost } from '../../model/modelHost.js';
import type { StatusReporter } from '../../status/statusReporter.js';
import { AnswerWriter } from '../answerWriter.js';
import { impossible, sourceOf, type EditSource } from '../editTask.js';
import { candidateOf } from '../fix/candidates/candidate.js';
import type { FixChecks } from '../fix/fixTask.js';
import { FRAMEWORK_NAMES, frameworkFor, type Framework } from './framework.js';
import { frameFor } from './frames.js';
import type { ProjectFiles } from './projectFiles.js';
import { runCommand } from './runCommand.js';
import type { TestFrame } from './testFrame.js';
import { isTestFile, testPlace } from './testPlace.js';
import { subjectName, testSubject, type TestSubject } from './testSubject.js';
import { TestsTask } from './testsTask.js';

export interface TestServiceDeps {
  readonly host: Pick<ModelHost, 'contextQueue'>;
  readonly decoder: Decoder;
  readonly status: Pick<StatusReporter, 'during'>;
  readonly checks: FixChecks;
  /** Those of the project around a source. */
  readonly files: (source: string) => Promise<ProjectFiles>;
}

interface Planned {
  readonly plan: TestPlan;
  readonly source: EditSource;
  readonly framework: Framework;
  readonly subject: TestSubject;
  readonly frame: TestFrame;
  readonly onDisk: () => Promise<string | undefined>;
}

interface ExamplePlace {
  readonly around: string;
  readonly testPath: string;
  readonly files: readonly string[];
  readonly source: string;
}

/** Writes tests for a function or a class, in the framework and the place of the project's other tests. */
export class TestService {
  constructor(private readonly deps: TestServiceDeps) {}

  /**
   * Where the tests go. Needs no model.
   * @throws EngineError `editImpossible`; the signal's reason when aborted
   */
  async plan(
    params: TestPlanParams,
    document: TextDocument | undefined,
    signal: AbortSignal,
  ): Promise<TestPlan> {
    return (await this.planned(params, document, signal)).plan;
  }

  /**
   * Writes the tests; nothing is written to disk.
   * @throws EngineError; the signal's reason when aborted
   */
  async write(
    params: WriteTestsParams,
    document: TextDocument | undefined,
    signal: AbortSignal,
    report: (progress: EditProgress) => void,
  ): Promise<WrittenTests> {
    const { plan, source, framework, subject, frame, onDisk } = await this.planned(params, document, signal);
    const isOwn = plan.uri === source.uri;
    const text = isOwn ? source.text : (params.testText ?? (await onDisk()));
    const { failed } = params;
    const ran = failed && { newText: failed.newText, message: failed.output };
    const task = new TestsTask(
      {
        languageId: source.languageId,
        framework: framework.id,
        subject,
        frame,
        uri: plan.uri,
        text,
        isTrusted: params.isTrusted,
        ...(ran === undefined ? {} : { ran }),
      },
      this.deps.checks,
    );
    const queue = await abortable(this.deps.host.contextQueue('fix'), signal);
    const written = await this.deps.status.during('fix', () =>
      queue.use(signal, (context) =>
        task.write(new AnswerWriter(this.deps.decoder, queue.model, context, signal), report),
      ),
    );
    const edit = candidateOf(text ?? '', written.text, { origin: 'model', needsProof: false });
    if (edit === undefined) throw impossible('noChange');
    const lines = edit.oldText.split(/\r\n|\n|\r/);
    return {
      ...plan,
      range: {
        start: { line: edit.span.start, character: 0 },
        end: { line: edit.span.end - 1, character: (lines.at(-1) ?? '').length },
      },
      oldText: edit.oldText,
      newText: edit.newText,
      tests: written.tests,
      verdict: written.verdict,
      model: queue.model.id,
    };
  }

  private async planned(
    { textDocument, range }: TestPlanParams,
    document: TextDocument | undefined,
    signal: AbortSignal,
  ): Promise<Planned> {
    if (document === undefined) throw impossible('noDocument');
    if (document.version !== textDocument.version) throw impossible('documentChanged');
    const path = pathOf(document.uri);
    // Where nothing is on this machine's disk, no manifest can be read.
    if (path === undefined) throw impossible('noTestFramework');
    const source = sourceOf(document);
    const { languageId } = source;
    const project = await this.deps.files(path);
    const framework = await frameworkFor(languageId, path, project);
    if (framework === undefined) throw impossible('noTestFramework');
    const { root } = framework;
    // A .NET project's tests are in another project.
    const around = isWithin(path, root) ? root : project.top;
    const sourcePath = slashed(relative(around, path));
    if (isTestFile(framework.id, sourcePath)) throw impossible('noTestable');
    const subject = await testSubject(source, range, this.deps.checks.syntax, signal);
    const files = await project.list(around);
    signal.throwIfAborted();
    const testPath = await this.testPath(framework, project, { around, sourcePath, files });
    const testFile = join(around, testPath);
    const isOwn = testPath === sourcePath;
    if (!isOwn && !(await project.isInside(testFile))) throw impossible('testFileOutside');
    const exists = isOwn || (await project.exists(testFile));
    const example = await this.example(framework, project, { around, testPath, files, source: source.text });
    const frame = frameFor({
      framework,
      subject,
      languageId,
      source: source.text,
      sourcePath,
      testPath,
      files,
      example,
    });
    const plan: TestPlan = {
      subject: subjectName(subject),
      framework: FRAMEWORK_NAMES[framework.id],
      uri: isOwn ? document.uri : pathToFileURL(testFile).href,
      exists,
      command: await runCommand({
        framework,
        project,
        files,
        sourcePath: slashed(relative(root, path)),
        testPath: slashed(relative(root, testFile)),
      }),
    };
    const onDisk = async (): Promise<string | undefined> => {
      const text = await project.read(testFile);
      // An excluded file must not be taken for an empty one.
      if (text === undefined && exists) throw impossible('testFileUnreadable');
      return text;
    };
    return { plan, source, framework, subject, frame, onDisk };
  }

  private async testPath(
    { id, root }: Framework,
    project: ProjectFiles,
    place: { readonly around: string; readonly sourcePath: string; readonly files: readonly string[] },
  ): Promise<string> {
    const { around, sourcePath, files } = place;
    if (id === 'rust') return sourcePath;
    if (id === 'go') {
      const path = testPlace(id, sourcePath, files);
      const text = (await project.read(join(around, path))) ?? '';
      // The tests of another package can't call what isn't exported, nor anything by its bare name.
      return /^package \w+_test\b/m.test(text) ? path.replace(/_test\.go$/, '_internal_test.go') : path;
    }
    if (id !== 'xunit' && id !== 'nunit') return testPlace(id, sourcePath, files);
    const folder = slashed(relative(around, root));
    const inside = files.filter((name) => folder === '' || name.startsWith(`${folder}/`));
    const name = sourcePath.slice(sourcePath.lastIndexOf('/') + 1);
    const found = testPlace(id, name, inside);
    return inside.includes(found) || folder === '' ? found : `${folder}/${found}`;
  }

  /** The test file itself, another one, or the source: for the way in which files are imported here. */
  private async example(
    { id }: Framework,
    project: ProjectFiles,
    { around, testPath, files, source }: ExamplePlace,
  ): Promise<string> {
    const tests = files.filter((name) => isTestFile(id, name));
    const folder = testPath.slice(0, testPath.lastIndexOf('/') + 1);
    const near = [testPath, tests.find((name) => name.startsWith(folder)), tests[0]];
    for (const name of near) {
      const text = name === undefined ? undefined : await project.read(join(around, name));
      if (text !== undefined && /(?:from|require\()\s*['"]\.\.?\//.test(text)) return text;
    }
    return source;
  }
}

const slashed = (path: string): string => path.split(sep).join('/');
