// `npm start`: from a fresh clone to grey code in VS Code.
//   npm start -- [--model ID|PATH] [--check] [--no-open] [--web]
// --model    another model than the starter: a catalogue id, or a GGUF on disk
// --check    does everything but leave something open; status 0, or 1 and a sentence about what is missing
// --no-open  ends after the completion in the terminal
// --web      VS Code in the browser even where there is a desktop one
import './setup/checkNode.mjs';

const { parseArgs } = await import('node:util');
const { runMain, step } = await import('./tools/command.mjs');
const { ensureInstalled } = await import('./setup/install.mjs');
const { ensureBuilt } = await import('./setup/build.mjs');
const { ensureModel } = await import('./start/youtuCli.mjs');
const { showCompletion } = await import('./start/sample.mjs');
const { findDesktop, openDesktop } = await import('./start/desktop.mjs');
const { openWorkbench } = await import('./start/workbench.mjs');
const { ensureCodeServer } = await import('./vscode/codeServer.mjs');

await runMain(async () => {
  const { values } = parseArgs({
    options: {
      model: { type: 'string', default: 'qwen2.5-coder-0.5b' },
      check: { type: 'boolean' },
      'no-open': { type: 'boolean' },
      web: { type: 'boolean' },
    },
  });
  const desktop = values.web ? undefined : findDesktop();
  await step(`Node ${process.versions.node}`, () => undefined);
  await step('Packages', async () => ((await ensureInstalled()) ? 'installed' : 'there'));
  await step('Build', async () => ((await ensureBuilt()) ? 'done' : 'up to date'));
  // Small beside the model, so it comes meanwhile.
  const codeServer = desktop || values['no-open'] ? undefined : ensureCodeServer();
  codeServer?.catch(() => {}); // awaited below
  const model = await ensureModel(values.model);
  await showCompletion(model);
  if (values['no-open']) return;
  if (desktop !== undefined) return openDesktop(desktop, model, { isCheck: values.check });
  await step('VS Code for the browser', async () => void (await codeServer));
  return openWorkbench(await codeServer, model, { isCheck: values.check });
});
