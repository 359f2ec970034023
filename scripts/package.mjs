// Builds the VSIX: `npm run package`.
//   npm run package -- [--target TARGET] [--out FOLDER]
// TARGET is a platform in VS Code's notation, such as linux-x64 or win32-arm64; the default is this machine's. The file
// is written to FOLDER (default: out/package). If no input has changed, an existing VSIX is kept.
import './setup/checkNode.mjs';

const { existsSync, mkdirSync, readFileSync, writeFileSync } = await import('node:fs');
const { join, resolve } = await import('node:path');
const { parseArgs } = await import('node:util');
const { ensureInstalled } = await import('./setup/install.mjs');
const { runMain, step } = await import('./tools/command.mjs');
const { withLock } = await import('./tools/lock.mjs');
const { inRoot } = await import('./tools/paths.mjs');
const { hashInputs } = await import('./package/inputs.mjs');
const { isPreRelease } = await import('./package/manifest.mjs');
const { binaryPackages, thisTarget } = await import('./package/targets.mjs');

await runMain(async () => {
  const { values } = parseArgs({
    options: { target: { type: 'string', default: thisTarget }, out: { type: 'string' } },
  });
  const { target, out = inRoot('out/package') } = values;
  const binaries = binaryPackages(target);
  await step('Packages', async () => ((await ensureInstalled()) ? 'installed' : 'up to date'));

  // These modules import npm packages.
  const { measureVsix, printSizes } = await import('./package/sizes.mjs');
  const { name, version } = JSON.parse(readFileSync(inRoot('package.json'), 'utf8'));
  const file = join(resolve(out), `${name}-${target}-${version}.vsix`);
  await withLock(inRoot('out/package', target), () => pack({ file, version, target, binaries }));
  printSizes(await measureVsix(file));
  console.log(`\n${file}`);
});

async function pack({ file, version, target, binaries }) {
  const folder = inRoot('out/package', target);
  const stamp = `${file}.inputs`;
  const inputs = hashInputs();
  if (existsSync(file) && existsSync(stamp) && readFileSync(stamp, 'utf8') === inputs) return;
  const { stage } = await import('./package/stage.mjs');
  const { runVsce } = await import('./package/vsce.mjs');
  await step(`Files for ${target}`, () => stage(folder, binaries));
  mkdirSync(join(file, '..'), { recursive: true });
  await step('VSIX', async () => {
    const kind = isPreRelease(version) ? ['--pre-release'] : [];
    await runVsce(['package', ...kind, '--target', target, '--no-dependencies', '--out', file], folder);
  });
  writeFileSync(stamp, inputs);
}
