// `npm test`: sets up what is missing, then lints, checks types and runs the tests, each kind in a process of its own,
// all of them even if one fails. The last line is `N passed, N failed`.
//   npm test -- [KIND…] [--grep TEXT] [--vsix FILE]
// KIND: one of scripts/test/kinds.mjs. With --grep only tests run; with --vsix the tests in VS Code run the packed
// extension.
import './setup/checkNode.mjs';

const { parseArgs } = await import('node:util');
const { Failure, runMain, step } = await import('./tools/command.mjs');
const { ensureInstalled } = await import('./setup/install.mjs');

await runMain(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { grep: { type: 'string' }, vsix: { type: 'string' } },
  });
  await step('Packages', async () => ((await ensureInstalled()) ? 'installed' : 'there'));

  // What follows needs the packages.
  const { KINDS, runKind } = await import('./test/kinds.mjs');
  const { prepare } = await import('./test/prepare.mjs');
  const { report } = await import('./test/report.mjs');
  const unknown = positionals.filter((name) => !Object.hasOwn(KINDS, name));
  if (unknown.length > 0)
    throw new Failure(
      `No such kind of test: ${unknown.join(', ')}. There are: ${Object.keys(KINDS).join(', ')}.`,
    );
  const chosen = Object.keys(KINDS).filter((name) =>
    positionals.length > 0 ? positionals.includes(name) : values.grep === undefined || KINDS[name].folder,
  );
  const started = performance.now();
  const results = [];
  const run = async (names, missing) => {
    for (const name of names) results.push({ name, ...(await runKind(name, { ...values, missing })) });
  };
  // What the others need is mostly a matter of waiting for the network.
  const isQuick = (name) => KINDS[name].checks !== undefined;
  const quick = chosen.filter(isQuick);
  const others = chosen.filter((name) => !isQuick(name));
  const missingForQuick = await prepare(quick.map((name) => KINDS[name]));
  const preparing = prepare(others.map((name) => KINDS[name]));
  preparing.catch(() => undefined);
  await run(quick, missingForQuick);
  await run(others, await preparing);
  return report(results, { ms: performance.now() - started, isPart: values.grep !== undefined });
});
