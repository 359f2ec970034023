// How often ghost text is visible, and right, while a user types: a script types a file into a real VS Code and samples
// the ghost text on the screen before each key.
//   node bench/editor.mjs [--language typescript|python|both] [--brackets default|never|both] [--key-ms 200]
//     [--pause-ms 1500] [--seed 1] [--model ID|PATH] [--limit-s N] [--extension FOLDER] [--json FILE] [--looks FILE]
//     [--ahead]
// A sample counts as a pause if the typist waited there for --pause-ms, otherwise as a key. `shown`: ghost text was
// visible. `right`: its first 12 characters, or all of a shorter text, are typed next. `ms`: from the key until the ghost
// text was drawn. Nothing is accepted. The engine's CPU time is that of its process, as a share of all cores; `all
// processes` includes the browser, code-server and the TypeScript server.
// --brackets never: turns off automatic closing of brackets and quotes. --extension: uses the built extension in FOLDER
// instead of building this tree. --looks: writes the samples to FILE. --ahead (as root): raises the priority above all
// other processes, for measurements on a busy machine.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { Failure, runMain } from '../scripts/tools/command.mjs';
import { inRoot } from '../scripts/tools/paths.mjs';
import { buildExtension } from './editor/extensionFolder.mjs';
import { openEditor } from './editor/openEditor.mjs';
import { cpuSeconds, raisePriority, treeCpuSeconds } from './editor/processTimes.mjs';
import { printSummaries, summarize } from './editor/summary.mjs';
import { Typist } from './editor/typist.mjs';

const EXTENSIONS = { typescript: 'ts', python: 'py' };
/** Indentation of the texts. */
const INDENT = { typescript: 2, python: 4 };
const BRACKETS = {
  default: {},
  never: { 'editor.autoClosingBrackets': 'never', 'editor.autoClosingQuotes': 'never' },
};
const SETTINGS = {
  // Otherwise, typing could insert an entry of the suggestion list.
  'editor.acceptSuggestionOnEnter': 'off',
  'editor.acceptSuggestionOnCommitCharacter': false,
};
const MAX_START_MS = 120_000;

await runMain(async () => {
  const { values } = parseArgs({
    options: {
      language: { type: 'string', default: 'typescript' },
      brackets: { type: 'string', default: 'default' },
      'key-ms': { type: 'string', default: '200' },
      'pause-ms': { type: 'string', default: '1500' },
      seed: { type: 'string', default: '1' },
      'limit-s': { type: 'string', default: '900' },
      model: { type: 'string', default: 'qwen2.5-coder-0.5b' },
      extension: { type: 'string' },
      json: { type: 'string' },
      looks: { type: 'string' },
      ahead: { type: 'boolean' },
    },
  });
  if (values.ahead) raisePriority();
  const languages = choose(values.language, EXTENSIONS);
  const brackets = choose(values.brackets, BRACKETS);
  const extension =
    values.extension === undefined ? buildExtension('editorExtension') : resolve(values.extension);
  const summaries = [];
  for (const language of languages)
    for (const bracket of brackets) {
      const run = await typeOnce({ language, bracket, extension, values });
      summaries.push(summarize(run));
      if (values.looks) writeFileSync(values.looks, JSON.stringify(run.samples, null, 1));
      console.log(
        `${language}, brackets ${bracket}: ${run.typed} characters in ${run.wallSeconds.toFixed(0)} s`,
      );
    }
  printSummaries(summaries);
  if (values.json) writeFileSync(values.json, `${JSON.stringify(summaries, null, 2)}\n`);
});

function choose(name, choices) {
  const names = name === 'both' ? Object.keys(choices) : [name];
  if (!names.every((each) => each in choices))
    throw new Failure(`Unknown value: ${name}. Choose one of: ${Object.keys(choices).join(', ')}, both.`);
  return names;
}

async function typeOnce({ language, bracket, extension, values }) {
  const temporary = mkdtempSync(join(tmpdir(), 'youtu-editor-'));
  const folder = join(temporary, 'workspace');
  mkdirSync(folder);
  const suffix = EXTENSIONS[language];
  for (const name of ['first', 'typed']) writeFileSync(join(folder, `${name}.${suffix}`), '');
  const editor = await openEditor({
    temporary,
    folder,
    extension,
    settings: { ...SETTINGS, ...BRACKETS[bracket], 'editor.tabSize': INDENT[language] },
    env: { YOUTU_MODEL: values.model },
  });
  try {
    if (values.ahead) raisePriority(); // the browser and code-server run in separate sessions
    const pid = await warmUp(editor, join(folder, `first.${suffix}`));
    await editor.probe({ action: 'open', path: join(folder, `typed.${suffix}`) });
    await editor.page.click('.editor-group-container.active .monaco-editor .view-lines');
    await sleep(3000);
    const typist = new Typist({
      ...editor,
      text: readFileSync(inRoot('bench/editor/texts', `${language}.txt`), 'utf8'),
      keyMs: Number(values['key-ms']),
      pauseMs: Number(values['pause-ms']),
      seed: Number(values.seed),
    });
    const before = { engine: cpuSeconds(pid), all: treeCpuSeconds(), at: performance.now() };
    const typed = await typist.type(Number(values['limit-s']) * 1000);
    await checkEngine(editor, pid);
    return {
      language,
      brackets: bracket,
      typed,
      repairs: typist.repairs,
      samples: typist.samples,
      engineSeconds: cpuSeconds(pid) - before.engine,
      allSeconds: treeCpuSeconds() - before.all,
      wallSeconds: (performance.now() - before.at) / 1000,
      cores: availableParallelism(),
      load: loadavg().map((load) => load.toFixed(2)),
    };
  } finally {
    await editor.close();
    rmSync(temporary, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}

/** Checks that the engine was not restarted during the run. */
async function checkEngine({ probe }, pid) {
  const state = await probe({ action: 'status' });
  const isSameEngine = state.kind === 'running' && (await probe({ action: 'report' })).pid === pid;
  if (!isSameEngine)
    console.error(`✗ The engine stopped or restarted during the run: ${JSON.stringify(state)}`);
}

/** Loads the model before the measurement by typing in another file. */
async function warmUp({ page, probe }, path) {
  await probe({ action: 'open', path });
  await page.click('.editor-group-container.active .monaco-editor .view-lines');
  const end = Date.now() + MAX_START_MS;
  for (;;) {
    const state = await probe({ action: 'status' });
    if (state.kind === 'running' && state.status.kind === 'ready') break;
    if (Date.now() > end) throw new Failure(`The engine did not become ready: ${JSON.stringify(state)}`);
    // The first keys may come before the extension has started.
    await page.keyboard.type('i');
    await sleep(1000);
    await page.keyboard.press('Backspace');
  }
  return (await probe({ action: 'report' })).pid;
}
