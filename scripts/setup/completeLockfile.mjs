// npm leaves an optional package out of the lock file when the registry in use doesn't hold it (mirrors often
// lack the other platforms' binaries), and `npm ci` then refuses that very lock file. This writes the missing
// entries: name and version as the dependant asks for them, the platform as its name says. No integrity is
// invented; npm checks such a package against the registry's own. Run it after every `npm install` that changes
// the lock file: `npm run lockfile`.
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
