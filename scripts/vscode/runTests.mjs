// Runs the tests of test/vscode in a real VS Code. @vscode/test-electron needs Node 22, so with an older one the script
// starts itself again with Node 24.
//   node scripts/vscode/runTests.mjs [FILE…] [--grep TEXT] [--vsix FILE | --packed]
// The extension runs from this folder, with the scripted model; with --vsix it is installed from that file. --packed
// runs the tests of test/packed instead: the VSIX that `npm run package` makes is installed, with the starter model.
// If tests fail, VS Code's logs are kept in out/logs.
// YOUTU_TEST_VSCODE chooses the VS Code, see desktop.mjs; YOUTU_COUNTS names a file that receives the counts and the
// failed tests as JSON; YOUTU_PICTURES=1 takes all pictures (test/vscode/support/pictures.ts).
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { ensureBuilt } from '../setup/build.mjs';
import { inRoot, root } from '../tools/paths.mjs';
import { Failure, runMain } from '../tools/command.mjs';
import { findModelsFolder, linkTestModel, STARTER } from '../tools/testModels.mjs';
import { ensureNode24 } from '../tools/npmTools.mjs';
import { findDesktop } from './desktop.mjs';
import { writeWorkbenchSettings } from './startCodeServer.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { grep: { type: 'string' }, vsix: { type: 'string' }, packed: { type: 'boolean' } },
});
const standIn = inRoot('scripts/vscode/codeStandIn.mjs');

await runMain(async () => {
  if (Number(process.versions.node.split('.')[0]) < 22) {
    const again = spawnSync(await ensureNode24(), process.argv.slice(1), { stdio: 'inherit' });
    return again.status ?? 1;
  }
  await ensureBuilt();
  const folder = values.packed ? 'test/packed' : 'test/vscode';
  await bundleVsCodeTests(positionals.length > 0 ? positionals : [`${folder}/**/*.test.ts`]);
  const vsix = values.packed ? makeVsix() : values.vsix && resolve(values.vsix);
  const temporary = mkdtempSync(join(tmpdir(), 'youtu-vscode-'));
  try {
    return await run(temporary, vsix);
  } finally {
    rmSync(temporary, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
});

async function run(temporary, vsix) {
  const models = await findModelsFolder();
  const { runTests } = await import('@vscode/test-electron');
  const vscodeExecutablePath = (await findDesktop()) ?? standIn;
  const userData = join(temporary, 'user-data');
  const places = [`--user-data-dir=${userData}`, `--extensions-dir=${join(temporary, 'extensions')}`];
  writeWorkbenchSettings(userData);
  rmSync(inRoot('out/logs'), { recursive: true, force: true });
  if (vsix !== undefined) await installVsix(vscodeExecutablePath, vsix, places);
  try {
    await runTests({
      vscodeExecutablePath,
      extensionDevelopmentPath: vsix === undefined ? root : emptyExtension(temporary),
      extensionTestsPath: inRoot('out/vscode/index.cjs'),
      launchArgs: [makeWorkspace(temporary), ...places],
      extensionTestsEnv: {
        YOUTU_ROOT: root,
        YOUTU_MODELS_FOLDER: makeModelsFolder(temporary, models),
        YOUTU_TEST_MODELS: models,
        ...(values.packed ? { YOUTU_REAL_MODEL: '1' } : {}),
        ...(vsix === undefined ? {} : { YOUTU_PACKED: '1' }),
        ...(values.grep === undefined ? {} : { YOUTU_GREP: values.grep }),
      },
    });
    return 0;
  } catch (error) {
    const logs = join(userData, 'logs');
    if (existsSync(logs)) cpSync(logs, inRoot('out/logs'), { recursive: true });
    if (error.code === undefined) throw error;
    return error.code; // the tests have said why
  }
}

/** Bundles test/vscode/index.ts and the tests for VS Code's extension host, into out/vscode. */
async function bundleVsCodeTests(tests) {
  rmSync(inRoot('out/vscode/tests'), { recursive: true, force: true });
  const options = {
    absWorkingDir: root,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    outExtension: { '.js': '.cjs' },
    packages: 'external',
    sourcemap: 'inline',
    logLevel: 'warning',
  };
  await Promise.all([
    build({ ...options, entryPoints: ['test/vscode/index.ts'], outdir: 'out/vscode' }),
    build({ ...options, entryPoints: tests, outdir: 'out/vscode/tests', outbase: 'test' }),
  ]);
}

/** @returns the path of a VSIX of what is in this folder now */
function makeVsix() {
  const { status, stdout, stderr } = spawnSync(process.execPath, [inRoot('scripts/package.mjs')], {
    cwd: root,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Failure(`The VSIX could not be made:\n${stderr.trim()}`);
  return stdout.trim().split('\n').at(-1);
}

async function installVsix(vscode, vsix, places) {
  const { resolveCliArgsFromVSCodeExecutablePath } = await import('@vscode/test-electron');
  const [cli, ...args] =
    vscode === standIn
      ? [standIn]
      : resolveCliArgsFromVSCodeExecutablePath(vscode, { reuseMachineInstall: true });
  const { status, error } = spawnSync(cli, [...args, ...places, `--install-extension=${vsix}`], {
    stdio: 'inherit',
    shell: cli.endsWith('.cmd'),
  });
  if (status !== 0) throw new Failure(`${vsix} could not be installed (${error?.message ?? status}).`);
}

/** VS Code runs tests only beside an extension under development: here one that does nothing. */
function emptyExtension(temporary) {
  const folder = join(temporary, 'empty-extension');
  mkdirSync(folder);
  const manifest = { name: 'empty', publisher: 'test', version: '0.0.0', engines: { vscode: '*' } };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  return folder;
}

/** The folder that the tests have open: a copy, they may change it. */
function makeWorkspace(temporary) {
  const folder = join(temporary, 'workspace');
  mkdirSync(folder);
  const fixture = inRoot('test/fixtures/workspace');
  if (existsSync(fixture)) cpSync(fixture, folder, { recursive: true });
  return folder;
}

/** The engine's models folder: another model of this machine would be chosen, and give other answers. */
function makeModelsFolder(temporary, models) {
  const folder = join(temporary, 'models');
  mkdirSync(folder);
  if (values.packed) linkTestModel(STARTER, models, folder);
  return folder;
}
