import { existsSync, readFileSync } from 'node:fs';
import { withLock } from '../tools/lock.mjs';
import { npm } from '../tools/npm.mjs';
import { inRoot, root } from '../tools/paths.mjs';
import { removeAmxBackends } from './amxBackend.mjs';

const SYSTEMS = { darwin: 'mac', win32: 'win' };

/**
 * Installs the packages in package-lock.json, without install scripts and without optional packages for other platforms.
 * A complete node_modules is left unchanged, however it was installed.
 * @returns whether anything was installed
 */
export async function ensureInstalled() {
  const hasInstalled = await install();
  removeAmxBackends(inRoot('node_modules'));
  return hasInstalled;
}

async function install() {
  if (isInstalled()) return false;
  return withLock(inRoot('out/install'), async () => {
    if (isInstalled()) return false;
    const flags = ['--ignore-scripts', '--omit=optional'];
    const options = { cwd: root, what: "the project's packages" };
    await npm(['ci', ...flags], options);
    await npm(
      ['install', '--no-save', ...flags, ...platformPackages(readLock('package-lock.json'))],
      options,
    );
    return true;
  });
}

/** npm writes its record of installed packages last, so an interrupted install doesn't count. */
function isInstalled() {
  if (!existsSync(inRoot('node_modules/.package-lock.json'))) return false;
  const wanted = readLock('package-lock.json');
  const installed = readLock('node_modules/.package-lock.json');
  const hasVersion = (path, version) => installed[path]?.version === version;
  return (
    directPackages(wanted['']).every(
      (name) => versionOnDisk(name) === wanted[`node_modules/${name}`]?.version,
    ) &&
    Object.entries(wanted).every(
      ([path, entry]) =>
        path === '' || entry.optional || entry.devOptional || hasVersion(path, entry.version),
    ) &&
    platformPackages(wanted).every((spec) => {
      const at = spec.lastIndexOf('@');
      return hasVersion(`node_modules/${spec.slice(0, at)}`, spec.slice(at + 1));
    })
  );
}

function directPackages({ dependencies, devDependencies }) {
  return Object.keys({ ...dependencies, ...devDependencies });
}

/** Read from disk, because `npm install --package-lock-only` writes npm's record without installing anything. */
function versionOnDisk(name) {
  const file = inRoot('node_modules', name, 'package.json');
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).version : undefined;
}

function readLock(file) {
  return JSON.parse(readFileSync(inRoot(file), 'utf8')).packages;
}

/**
 * The optional packages of the lock file that this machine needs: the prebuilt llama.cpp for its processor and for
 * Vulkan or Metal, and esbuild's binary; not those of other platforms, and not CUDA (570 MB).
 * @param {Record<string, { version: string }>} packages of package-lock.json
 * @returns `name@version` of each
 */
function platformPackages(packages) {
  const { platform, arch } = process;
  const llama = `${SYSTEMS[platform] ?? platform}-${arch}`;
  const names = [
    `@esbuild/${platform}-${arch}`,
    ...['', '-metal', '-vulkan'].map((suffix) => `@node-llama-cpp/${llama}${suffix}`),
  ];
  return names.flatMap((name) => {
    const version = packages[`node_modules/${name}`]?.version;
    return version === undefined ? [] : [`${name}@${version}`];
  });
}
