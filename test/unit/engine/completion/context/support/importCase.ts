import assert from 'node:assert/strict';
import { SampleProject } from './sampleProject.js';

export interface ImportCase {
  readonly behaviour: string;
  /** Those in `../` are outside the opened folder. */
  readonly files: Readonly<Record<string, string>>;
  /** The file that is edited, and its text. */
  readonly at: readonly [path: string, text: string];
  readonly shown: Readonly<Record<string, string>>;
}

export const lines = (...all: readonly string[]): string => all.join('\n');

/** Tests the exact snippets from other files. */
export function describeImports(cases: readonly ImportCase[]): void {
  let project: SampleProject;
  afterEach(() => project.delete());

  for (const { behaviour, files, at, shown } of cases)
    it(behaviour, async () => {
      project = await SampleProject.create(files);
      const snippets = await project.snippets(...at);
      assert.deepEqual(Object.fromEntries(snippets.map(({ path, text }) => [path, text])), shown);
    });
}
