// `npm start`: from a fresh clone to ghost text in VS Code.
//   npm start -- [--model ID|PATH] [--check] [--no-open] [--web] [--port N]
// --model    another model than the starter: a catalogue id, or a GGUF file
// --check    runs all steps, but opens nothing; the exit code is 1, with an error message, if something is missing
// --no-open  exits after the completion in the terminal
// --web      uses VS Code in the browser even if VS Code for the desktop is installed
// --port     the port for the browser, to forward it over SSH; default: a random one, kept for this folder
import './setup/checkNode.mjs';

const { parseArgs } = await import('node:util');
const { Failure, runMain, step } = await import('./tools/command.mjs');
const { ensureInstalled } = await import('./setup/install.mjs');
const { ensureBuilt } = await import('./setup/build.mjs');
const { ensureModel } = await import('./start/youtuCli.mjs');
const { showCompletion } = await import('./start/sample.mjs');
const { findDesktop, openDesktop } = await import('./start/desktop.mjs');
const { ensureCodeServer } = await import('./vscode/codeServer.mjs');

await runMain(async () => {
  const { values } = parseArgs({
    options: {
      model: { type: 'string', default: 'qwen2.5-coder-0.5b' },
      check: { type: 'boolean' },
      'no-open': { type: 'boolean' },
      web: { type: 'boolean' },
      port: { type: 'string', default: '0' },
    },
  });
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Failure(`--port takes a number from 0 to 65535, not ${values.port}.`);
  const desktop = values.web ? undefined : findDesktop();
  await step(`Node ${process.versions.node}`, () => undefined);
  await step('Packages', async () => ((await ensureInstalled()) ? 'installed' : 'up to date'));
  // This module imports npm packages.
  const { openWorkbench } = await import('./start/workbench.mjs');
  await step('Build', async () => ((await ensureBuilt()) ? 'done' : 'up to date'));
  // Smaller than the model, so it is downloaded in parallel.
  const codeServer = desktop || values['no-open'] ? undefined : ensureCodeServer();
  codeServer?.catch(() => {}); // awaited below
  const model = await ensureModel(values.model);
  await showCompletion(model);
  if (values['no-open']) return;
  if (desktop !== undefined) return openDesktop(desktop, model, { isCheck: values.check });
  await step('VS Code for the browser', async () => void (await codeServer));
  return openWorkbench(await codeServer, model, { isCheck: values.check, port });
});
