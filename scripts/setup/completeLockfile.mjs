// npm omits an optional package from the lock file if the registry doesn't have it (mirrors often lack the binaries of
// other platforms), and `npm ci` then rejects this lock file. This script adds the missing entries: name and version from
// the dependent package, the platform from the name. They have no integrity hash; npm checks such a package against the
// registry's. Run it after every `npm install` that changes the lock file: `npm run lockfile`.
import { readFileSync, writeFileSync } from 'node:fs';

const PLATFORMS = { mac: 'darwin', darwin: 'darwin', win: 'win32', win32: 'win32' };
const file = new URL('../../package-lock.json', import.meta.url);
const lock = JSON.parse(readFileSync(file, 'utf8'));
const added = [];
for (const entry of Object.values({ ...lock.packages })) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    const key = `node_modules/${name}`;
    const [os, cpu] = name.split('/').at(-1).split('-');
    if (lock.packages[key] || !/^\d/.test(version) || !cpu) continue;
    lock.packages[key] = { version, cpu: [cpu], optional: true, os: [PLATFORMS[os] ?? os] };
    added.push(name);
  }
}
lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync(file, JSON.stringify(lock, null, 2) + '\n');
console.log(
  added.length ? `added to package-lock.json: ${added.join(', ')}` : 'package-lock.json is complete',
);
