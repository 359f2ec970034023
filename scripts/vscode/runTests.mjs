// Runs the tests of test/vscode in a real VS Code. @vscode/test-electron needs Node 22; with an older version, the script
// restarts itself with Node 24.
//   node scripts/vscode/runTests.mjs [FILE…] [--grep TEXT] [--vsix FILE | --packed]
// The extension runs from this folder with the scripted model; with --vsix it is installed from that file. --packed
// runs the tests of test/packed instead: the VSIX of `npm run package` is installed, with the starter model.
// If tests fail, VS Code's logs are kept in out/logs.
// YOUTU_TEST_VSCODE chooses the VS Code, see desktop.mjs; YOUTU_COUNTS names a file that receives the counts and the
// failed tests as JSON; YOUTU_PICTURES=1 takes all pictures (test/vscode/support/screenshots.ts).
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
    const rerun = spawnSync(await ensureNode24(), process.argv.slice(1), { stdio: 'inherit' });
    return rerun.status ?? 1;
  }
  await ensureBuilt();
  const folder = values.packed ? 'test/packed' : 'test/vscode';
  await bundleVsCodeTests(positionals.length > 0 ? positionals : [`${folder}/**/*.test.ts`]);
  const vsix = values.packed ? buildVsix() : values.vsix && resolve(values.vsix);
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
  const folderArgs = [`--user-data-dir=${userData}`, `--extensions-dir=${join(temporary, 'extensions')}`];
  writeWorkbenchSettings(userData);
  // The web's workbench takes only one extension under development, so the other one is installed.
  const python = join(temporary, 'extensions/ms-python.python-0.0.1');
  cpSync(inRoot('test/vscode/support/pythonExtension'), python, { recursive: true });
  rmSync(inRoot('out/logs'), { recursive: true, force: true });
  if (vsix !== undefined) await installVsix(vscodeExecutablePath, vsix, folderArgs);
  try {
    await runTests({
      vscodeExecutablePath,
      extensionDevelopmentPath: vsix === undefined ? root : createEmptyExtension(temporary),
      extensionTestsPath: inRoot('out/vscode/index.cjs'),
      launchArgs: [createWorkspace(temporary), ...folderArgs],
      extensionTestsEnv: {
        YOUTU_ROOT: root,
        YOUTU_MODELS_FOLDER: createModelsFolder(temporary, models),
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
    return error.code; // the tests have printed the reason
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

/** Packs the current sources. @returns the path of the VSIX */
function buildVsix() {
  const { status, stdout, stderr } = spawnSync(process.execPath, [inRoot('scripts/package.mjs')], {
    cwd: root,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Failure(`The VSIX could not be built:\n${stderr.trim()}`);
  return stdout.trim().split('\n').at(-1);
}

async function installVsix(vscode, vsix, folderArgs) {
  const { resolveCliArgsFromVSCodeExecutablePath } = await import('@vscode/test-electron');
  const [cli, ...args] =
    vscode === standIn
      ? [standIn]
      : resolveCliArgsFromVSCodeExecutablePath(vscode, { reuseMachineInstall: true });
  const { status, error } = spawnSync(cli, [...args, ...folderArgs, `--install-extension=${vsix}`], {
    stdio: 'inherit',
    shell: cli.endsWith('.cmd'),
  });
  if (status !== 0) throw new Failure(`${vsix} could not be installed (${error?.message ?? status}).`);
}

/** VS Code runs tests only with an extension under development; this one is empty. */
function createEmptyExtension(temporary) {
  const folder = join(temporary, 'empty-extension');
  mkdirSync(folder);
  const manifest = { name: 'empty', publisher: 'test', version: '0.0.0', engines: { vscode: '*' } };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  return folder;
}

/** The workspace of the tests: a copy, because they may change it. */
function createWorkspace(temporary) {
  const folder = join(temporary, 'workspace');
  mkdirSync(folder);
  const fixture = inRoot('test/fixtures/workspace');
  if (existsSync(fixture)) cpSync(fixture, folder, { recursive: true });
  return folder;
}

/** A separate models folder, so that the engine doesn't choose another installed model, whose answers differ. */
function createModelsFolder(temporary, models) {
  const folder = join(temporary, 'models');
  mkdirSync(folder);
  if (values.packed) linkTestModel(STARTER, models, folder);
  return folder;
}
