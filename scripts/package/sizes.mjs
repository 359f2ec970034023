import { statSync } from 'node:fs';
import { listVsix } from './listVsix.mjs';

/** Maximum sizes in bytes: the extension's code when installed, and the VSIX file. */
const LIMITS = { extension: 700_000, vsix: 45_000_000 };

const PARTS = {
  extension: [/^extension\/dist\/extension\//, 'extension, bundled'],
  webview: [/^extension\/dist\/webview\//, 'chat page, bundled'],
  engine: [/^extension\/dist\/engine\/[^/]+$/, 'engine, bundled'],
  grammars: [/^extension\/dist\/engine\/node_modules\/@vscode\/tree-sitter-wasm\//, 'tree-sitter, grammars'],
  library: [
    /^extension\/dist\/engine\/node_modules\/(?!@node-llama-cpp\/)/,
    'node-llama-cpp and its packages',
  ],
  gpu: [
    /^extension\/dist\/engine\/node_modules\/@node-llama-cpp\/[^/]+-(vulkan|metal)\//,
    'llama.cpp for a GPU',
  ],
  cpu: [/^extension\/dist\/engine\/node_modules\/@node-llama-cpp\//, 'llama.cpp for the CPU'],
  rest: [/./, 'manifest, docs, images'],
};

/**
 * Measures a VSIX and its parts, packed and installed.
 * @returns rows of `name`, `files`, `bytes` (installed) and `packedBytes`; a row with a `limit` names the limited size in
 *   `limited`
 */
export async function measureVsix(file) {
  const rows = Object.fromEntries(
    Object.entries(PARTS).map(([key, [, name]]) => [key, { name, files: 0, bytes: 0, packedBytes: 0 }]),
  );
  const all = { name: 'VSIX', files: 0, bytes: 0, packedBytes: statSync(file).size };
  Object.assign(all, { limited: 'packedBytes', limit: LIMITS.vsix });
  for (const { path, bytes, packedBytes } of await listVsix(file)) {
    const [key] = Object.entries(PARTS).find(([, [pattern]]) => pattern.test(path));
    for (const row of [rows[key], all])
      Object.assign(row, { files: row.files + 1, bytes: row.bytes + bytes });
    rows[key].packedBytes += packedBytes;
  }
  Object.assign(rows.extension, { limited: 'bytes', limit: LIMITS.extension });
  return [...Object.values(rows).filter(({ files }) => files > 0), all];
}

export function printSizes(rows) {
  const line = (name, ...cells) => name.padEnd(34) + cells.map((cell) => `${cell}`.padStart(12)).join('');
  console.log(line('kB', 'files', 'installed', 'packed'));
  for (const { name, files, bytes, packedBytes, limited, limit } of rows) {
    const note = limit && `  at most ${kilobytes(limit)} ${limited === 'bytes' ? 'installed' : 'packed'}`;
    console.log(line(name, files, kilobytes(bytes), kilobytes(packedBytes)) + (note ?? ''));
  }
}

export const kilobytes = (bytes) => (bytes / 1000).toLocaleString('en', { maximumFractionDigits: 0 });
