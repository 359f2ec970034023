// `npm test`: installs what is missing, then lints, checks types and runs the tests. Each kind runs in a separate process,
// and all of them run even if one fails. The last line is `N passed, N failed`.
//   npm test -- [KIND…] [--grep TEXT] [--vsix FILE]
// KIND: one of scripts/test/kinds.mjs, or `faults`: the tests that docs/reliability.md names, of all kinds. With --grep
// only tests run; with --vsix the tests in VS Code run the packed extension.
import './setup/checkNode.mjs';

const { parseArgs } = await import('node:util');
const { Failure, runMain, step } = await import('./tools/command.mjs');
const { ensureInstalled } = await import('./setup/install.mjs');

await runMain(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { grep: { type: 'string' }, vsix: { type: 'string' } },
  });
  await step('Packages', async () => ((await ensureInstalled()) ? 'installed' : 'up to date'));

  // These modules import npm packages.
  const { KINDS, runKind } = await import('./test/kinds.mjs');
  const { prepare } = await import('./test/prepare.mjs');
  const { report } = await import('./test/report.mjs');
  const { checkFaultMatrix, grepForKind, readFaultMatrix } = await import('./test/faultMatrix.mjs');
  const kinds = Object.keys(KINDS);
  const unknown = positionals.filter((name) => !kinds.includes(name) && name !== 'faults');
  if (unknown.length > 0)
    throw new Failure(`Unknown kind of test: ${unknown.join(', ')}. Kinds: ${kinds.join(', ')}, faults.`);
  const isFaults = positionals.includes('faults');
  if (isFaults && (positionals.length > 1 || values.grep !== undefined))
    throw new Failure('`faults` selects its tests itself. Give neither another kind nor --grep.');
  const faults = readFaultMatrix();
  const chosen = kinds.filter((name) => {
    if (isFaults) return faults.some(({ kind }) => kind === name);
    return positionals.length > 0 ? positionals.includes(name) : !values.grep || KINDS[name].folder;
  });
  const started = performance.now();
  const results = [];
  const run = async (names, missing) => {
    for (const name of names) {
      const grep = isFaults ? grepForKind(faults, name) : values.grep;
      results.push({ name, ...(await runKind(name, { ...values, grep, missing })) });
    }
  };
  // The other kinds are prepared meanwhile: that is mostly waiting for the network.
  const isQuick = (name) => KINDS[name].checks !== undefined;
  const quick = chosen.filter(isQuick);
  const others = chosen.filter((name) => !isQuick(name));
  const missingForQuick = await prepare(quick.map((name) => KINDS[name]));
  const preparing = prepare(others.map((name) => KINDS[name]));
  preparing.catch(() => undefined);
  await run(quick, missingForQuick);
  await run(others, await preparing);
  const isWhole = positionals.length === 0 && values.grep === undefined;
  if (isWhole || isFaults) results.push(checkFaultMatrix(faults, results));
  const isPart = isFaults || values.grep !== undefined;
  return report(results, { ms: performance.now() - started, isPart });
});
