/** Tests for a function or a class: where they go, their text, and the command that runs them. */
import { ProgressType, RequestType } from 'vscode-jsonrpc';
import type { Range } from 'vscode-languageserver-protocol';
import type { EditProgress } from './edit.js';
import type { EditVerdict } from './editVerdict.js';
import type { EngineErrorData } from './errors.js';

export interface TestPlanParams {
  /** The document with the code, which is open in the engine. */
  readonly textDocument: { readonly uri: string; readonly version: number };
  /** The innermost function or class around its start is tested. */
  readonly range: Range;
}

export interface TestPlan {
  /** Of the function, or `Class.method`. */
  readonly subject: string;
  /** As its makers write it: Vitest, pytest, JUnit 5. */
  readonly framework: string;
  /** The file that the tests go into; the document itself where a language's tests lie with the code. */
  readonly uri: string;
  /** False when the file is to be made. */
  readonly exists: boolean;
  /** Runs the tests of that file. It is never run by the engine. */
  readonly command: TestCommand;
}

export interface TestCommand {
  /** The program and its arguments, which no shell reads. */
  readonly words: readonly string[];
  /** Path of the folder to run it in. */
  readonly folder: string;
  /** Variables that it needs besides the environment's own. */
  readonly env?: Readonly<Record<string, string>>;
}

export interface WriteTestsParams extends TestPlanParams {
  /** The test file's text as the editor has it. Left out: as it is on disk. */
  readonly testText?: string;
  /** The user trusts the workspace: compilers may be asked about the text. */
  readonly isTrusted: boolean;
  /** Tests that were run and failed. */
  readonly failed?: FailedTests;
  readonly progressToken: string | number;
}

export interface FailedTests {
  /** The lines that were written before. */
  readonly newText: string;
  /** What the run said, or its end. */
  readonly output: string;
}

export interface WrittenTests extends TestPlan {
  /** What replaces `oldText` in the test file, in whole lines; all of its text when it is new. */
  readonly range: Range;
  readonly oldText: string;
  readonly newText: string;
  /** The written tests alone, for {@link FailedTests}. */
  readonly tests: string;
  readonly verdict: EditVerdict;
  /** Id of the model. */
  readonly model: string;
}

export const TestPlanRequest = new RequestType<TestPlanParams, TestPlan, EngineErrorData>('youtu/testPlan');
export const WriteTestsRequest = new RequestType<WriteTestsParams, WrittenTests, EngineErrorData>(
  'youtu/writeTests',
);
export const TestProgressType = new ProgressType<EditProgress>();
