import assert from 'node:assert/strict';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { completionItem } from '../../../src/cli/lsp/completionItems.js';
import { normalizeConversation } from '../../../src/engine/chat/conversation.js';
import { contextOf } from '../../../src/engine/completion/cursor/completionContext.js';
import { cursorContextAt } from '../../../src/engine/completion/cursor/cursorContext.js';
import { applyRules, shownText } from '../../../src/engine/completion/postprocess/rules.js';
import { windowAt } from '../../../src/engine/completion/prompt/promptWindow.js';
import { automaticGate, isUnsupportedPosition } from '../../../src/engine/completion/trigger/triggerGate.js';
import { endsInCycle, isRunaway } from '../../../src/engine/decoding/loopDetector.js';
import { messagesInOutput } from '../../../src/engine/checkers/tools/commandOutput.js';
import { factsOf } from '../../../src/engine/edit/commit/changeFacts.js';
import { readDiff } from '../../../src/engine/edit/commit/diffReader.js';
import { subjectLine } from '../../../src/engine/edit/commit/subjectCheck.js';
import { styleOf } from '../../../src/engine/edit/commit/subjectStyle.js';
import { findDeclaration, looksLikeDeclaration } from '../../../src/engine/edit/document/declaration.js';
import { wrapText } from '../../../src/engine/edit/document/docComment.js';
import { atTail } from '../../../src/engine/edit/fix/candidates/lineTail.js';
import { cleanDraft } from '../../../src/engine/edit/fix/draftCleaner.js';
import { fenceFor } from '../../../src/engine/edit/fix/fixPrompt.js';
import { findRegion } from '../../../src/engine/edit/fix/region.js';
import { plainLength, readToolCalls } from '../../../src/engine/http/toolCalls.js';
import { unbalancedBrackets } from '../../../src/engine/language/brackets.js';
import { withoutMagics } from '../../../src/engine/language/notebookCell.js';
import { patternGrammar, PatternError } from '../../../src/engine/model/grammar/patternGrammar.js';
import { languageOfFile } from '../../../src/engine/language/languageOf.js';
import { firstCloser, onlyCloses } from '../../../src/engine/language/lineRest.js';
import { isJumpStatement, lineRole, opensBlock } from '../../../src/engine/language/lineRole.js';
import { linesOf } from '../../../src/engine/language/lines.js';
import { placesIn } from '../../../src/extension/terminal/errorPlaces.js';
import { missingFramework, passedCount } from '../../../src/extension/tests/testOutput.js';
import { plainText, withoutSecrets } from '../../../src/extension/terminal/outputTail.js';
import { fileExclusion } from '../../../src/protocol/fileExclusion.js';
import { isSecretFile } from '../../../src/protocol/secretFiles.js';
import { longRun, runsOf } from '../../fixtures/longRuns.js';

const RUNS = runsOf(
  'letters',
  'blanks',
  'tabs',
  'line ends',
  'carriage returns',
  'digits',
  'dashes',
  'opening brackets',
  'opening angle brackets',
  'names with an angle bracket',
  'closing brackets',
  'quotes',
  'backticks',
  'asterisks',
  'words',
  'Chinese',
  'emoji',
  'combining marks',
  'opening braces with blanks',
  'words that open',
  'colons',
  'backslashes',
  'escaped quotes',
  'beginnings of comments',
  'beginnings of calls',
  'beginnings of functions',
  'minified code',
);
/** What is before and after a run: patterns that begin or end with it take different ways. */
const AROUND: readonly (readonly [before: string, after: string])[] = [
  ['', ''],
  ['x', ';'],
  ['def f(', '\n  '],
  ['#!/usr/bin/env ', '!'],
  [') :', '!'],
  ['case <tool_call>', '}'],
];

const RANGE = { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } };
const documentOf = (text: string): TextDocument => TextDocument.create('file:///run.py', 'python', 1, text);

const TOOLS = { names: ['f'], isSingle: false };

const FUNCTIONS: Readonly<Record<string, (text: string) => unknown>> = {
  endsInCycle,
  isRunaway: (text) => isRunaway(text.split('\n'), []),
  lineRole: (text) => lineRole(text, 'typescript'),
  opensBlock: (text) => opensBlock(text, 'ruby'),
  isJumpStatement,
  onlyCloses: (text) => onlyCloses(text, 'java'),
  firstCloser: (text) => firstCloser(text, 'shellscript'),
  'onlyCloses in Ruby': (text) => onlyCloses(text, 'ruby'),
  unbalancedBrackets: (text) => unbalancedBrackets(text, 'typescript'),
  languageOfFile: (text) => languageOfFile('run', text),
  'languageOfFile of a header': (text) => languageOfFile('run.h', text),
  isSecretFile,
  fileExclusion: (text) => fileExclusion('run.ts', [text], () => false),
  withoutMagics: (text) => withoutMagics('file:///run.ipynb', 'python', text),
  patternGrammar: (text) => {
    try {
      return patternGrammar(text);
    } catch (error) {
      if (error instanceof PatternError) return undefined;
      throw error;
    }
  },
  fenceFor,
  looksLikeDeclaration,
  findDeclaration: (text) => findDeclaration(linesOf(text), { range: RANGE, isSelection: false }, 'python'),
  findRegion: (text) => findRegion(linesOf(text), { range: RANGE, isSelection: false }),
  wrapText: (text) => wrapText(text.split('\n'), 80),
  cleanDraft: (text) =>
    cleanDraft(
      text,
      { fence: '```', code: ['x'], shape: { margin: '', unit: '  ' }, before: [], after: [] },
      true,
    ),
  readToolCalls: (text) => readToolCalls(`\`\`\`${text}`, TOOLS),
  plainLength: (text) => plainLength(text, TOOLS),
  normalizeConversation: (content) => normalizeConversation([{ role: 'user', content }]),
  messagesInOutput,
  'the facts of a diff': (text) => factsOf(readDiff(diffOf(text))),
  subjectLine: (text) => subjectLine(text, styleOf([])),
  'the style of a subject': (text) => styleOf([text]),
  'edits at a line’s tail': (text) => atTail(text, '', ')'),
  'what a terminal shows': plainText,
  withoutSecrets,
  'the outcome of a run of tests': (text) => {
    const output = ['', 'Tests: ', ' Tests  ', '=== ', ' > ', 'OK ('].map((start) => start + text).join('\n');
    for (const framework of TEST_FRAMEWORKS) passedCount(framework, output);
    missingFramework(text);
  },
  'the places in an output': placesIn,
  completionItem: (text) => {
    const document = documentOf(text);
    const position = document.positionAt(text.length);
    return completionItem(document, position, {
      insertText: 'x',
      range: { start: position, end: position },
    });
  },
  'the prompt’s window': (text) =>
    windowAt(
      cursorContextAt(documentOf(text), { line: 0, character: text.length }),
      { prefixCharacters: 4000, suffixCharacters: 1000, snippetCharacters: 0 },
      { imports: '', snippets: [], isExtended: false },
    ),
  isUnsupportedPosition: (text) =>
    isUnsupportedPosition(documentOf(text), documentOf(text).positionAt(text.length)),
  automaticGate: (text) => automaticGate(contextAfter(text)),
  'the rules after a run': (text) => applyRules('return x', contextAfter(text)),
  'the rules for an end below a run': (text) => shownText('end', contextAfter(`${text})\n  `, 'lua')),
  'the rules before a run': (text) => applyRules('return x', contextBefore(text)),
  'the rules for a run': (text) => shownText(text, contextAfter('x = ')),
};

const TEST_FRAMEWORKS = [
  ...['Jest', 'Vitest', 'Mocha', 'AVA', 'node:test', 'pytest', 'unittest', 'go test', 'cargo test'],
  ...['JUnit 5', 'RSpec', 'minitest', 'PHPUnit', 'xUnit'],
];
const diffOf = (text: string): string =>
  `diff --git a/x.ts b/x.ts\n--- a/x.ts\n+++ b/x.ts\n@@ -1 +1 @@ ${text}\n-${text}\n+${text};\n`;
const contextAfter = (text: string, language = 'python'): ReturnType<typeof contextOf> => {
  const document = TextDocument.create('file:///run', language, 1, text);
  return contextOf(cursorContextAt(document, document.positionAt(text.length)));
};
const contextBefore = (text: string): ReturnType<typeof contextOf> =>
  contextOf(cursorContextAt(documentOf(text), { line: 0, character: 0 }));

const LENGTH = 3000;
const FACTOR = 8;
/** What takes long here would take forever with more. */
const SHORT_LENGTHS = [40, 100, 300];
const MAX_SHORT_MS = 50;
/** Time for the square of the length grows by 64, for its product with the logarithm by about 10. */
const MAX_RATIO = 24;
/** Shorter times are noise. */
const FLOOR_MS = 5;

/** Milliseconds of this process's own work, the least of a few tries: other processes don't count. */
function cost(work: () => unknown, tries: number): number {
  let least = Infinity;
  for (let at = 0; at < tries; at++) {
    const before = process.cpuUsage();
    work();
    least = Math.min(least, process.cpuUsage(before).user / 1000);
  }
  return least;
}

/**
 * How many times as long the long run takes, at least: a collection of garbage falls into single rounds,
 * time that grows with the square is there in each of them.
 */
function leastRatio(short: () => unknown, long: () => unknown): number {
  let ratio = Infinity;
  for (let round = 0; round < 5 && ratio > MAX_RATIO; round++) {
    const longer = cost(long, 2);
    if (longer <= FLOOR_MS) return 0;
    ratio = Math.min(ratio, longer / Math.max(FLOOR_MS / FACTOR, cost(short, 3)));
  }
  return ratio;
}

describe('runs of one character', function () {
  this.timeout(120_000);
  for (const [name, work] of Object.entries(FUNCTIONS))
    it(`cost ${name} time in proportion to their length`, () => {
      const slow: string[] = [];
      for (const [what, unit] of RUNS)
        for (const [before, after] of AROUND) {
          const run = (length: number): string => before + longRun(unit, length) + after;
          const label = `${JSON.stringify(before)} ${what} ${JSON.stringify(after)}`;
          const hangs = SHORT_LENGTHS.find((length) => cost(() => work(run(length)), 2) > MAX_SHORT_MS);
          if (hangs !== undefined) {
            slow.push(`${label}: more than ${MAX_SHORT_MS} ms for ${hangs} characters`);
            continue;
          }
          const [short, long] = [run(LENGTH), run(LENGTH * FACTOR)];
          const ratio = leastRatio(
            () => work(short),
            () => work(long),
          );
          if (ratio > MAX_RATIO) slow.push(`${label}: ${ratio.toFixed(1)}`);
        }
      assert.deepEqual(slow, []);
    });
});
