import { statSync } from 'node:fs';
import { listVsix } from './listVsix.mjs';

/** The most that may be in a package, bytes. test/package holds it to them. */
export const LIMITS = { extension: 700_000, vsix: 45_000_000 };

const PARTS = {
  extension: [/^extension\/dist\/extension\//, 'extension, bundled'],
  webview: [/^extension\/dist\/webview\//, 'chat page, bundled'],
  engine: [/^extension\/dist\/engine\/[^/]+$/, 'engine, bundled'],
  library: [
    /^extension\/dist\/engine\/node_modules\/(?!@node-llama-cpp\/)/,
    'node-llama-cpp and its packages',
  ],
  gpu: [
    /^extension\/dist\/engine\/node_modules\/@node-llama-cpp\/[^/]+-(vulkan|metal)\//,
    'llama.cpp for a GPU',
  ],
  cpu: [/^extension\/dist\/engine\/node_modules\/@node-llama-cpp\//, 'llama.cpp for the CPU'],
  rest: [/./, 'manifest, texts, pictures'],
};

/**
 * How large a VSIX and its parts are, packed and installed.
 * @returns rows of `name`, `files`, `bytes` installed, `packedBytes`, and `limit` of what it holds for
 */
export async function measureVsix(file) {
  const rows = Object.fromEntries(
    Object.entries(PARTS).map(([key, [, name]]) => [key, { name, files: 0, bytes: 0, packedBytes: 0 }]),
  );
  const all = { name: 'VSIX', files: 0, bytes: 0, packedBytes: statSync(file).size, limit: LIMITS.vsix };
  for (const { path, bytes, packedBytes } of await listVsix(file)) {
    const [key] = Object.entries(PARTS).find(([, [pattern]]) => pattern.test(path));
    for (const row of [rows[key], all])
      Object.assign(row, { files: row.files + 1, bytes: row.bytes + bytes });
    rows[key].packedBytes += packedBytes;
  }
  rows.extension.limit = LIMITS.extension;
  return [...Object.values(rows).filter(({ files }) => files > 0), all];
}

export function printSizes(rows) {
  const kilobytes = (bytes) => (bytes / 1000).toLocaleString('en', { maximumFractionDigits: 0 });
  const line = (name, ...cells) => name.padEnd(34) + cells.map((cell) => `${cell}`.padStart(12)).join('');
  console.log(line('', 'files', 'installed', 'packed', 'limit'), ' kB');
  for (const { name, files, bytes, packedBytes, limit } of rows)
    console.log(
      line(
        name,
        files,
        kilobytes(bytes),
        kilobytes(packedBytes),
        limit === undefined ? '' : kilobytes(limit),
      ),
    );
}
