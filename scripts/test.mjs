// `npm test`: installs what is missing, then lints, checks types and runs the tests. Each kind runs in a separate process,
// two of them at a time, and all of them run even if one fails. The last line is `N passed, N failed`.
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
  const { KINDS } = await import('./test/kinds.mjs');
  const { prepare } = await import('./test/prepare.mjs');
  const { runKinds } = await import('./test/runKinds.mjs');
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
  const optionsOf = (name) => ({ ...values, grep: isFaults ? grepForKind(faults, name) : values.grep });
  const results = await runKinds(chosen, optionsOf, prepare(chosen.map((name) => KINDS[name])));
  const isWhole = positionals.length === 0 && values.grep === undefined;
  if (isWhole || isFaults) results.push(checkFaultMatrix(faults, results));
  const isPart = isFaults || values.grep !== undefined;
  return report(results, { ms: performance.now() - started, isPart });
});
