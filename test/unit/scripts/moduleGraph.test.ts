import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

const ROOT = process.env['YOUTU_ROOT'] ?? process.cwd();
const OUT = join(ROOT, 'out');
const GRAPH = pathToFileURL(join(ROOT, 'scripts/package/moduleGraph.mjs')).href;

/** In a process of its own: the script finds the repository by its own place. */
async function reachableFiles(entry: string): Promise<readonly string[]> {
  const script = `import { reachableFiles } from '${GRAPH}';
    console.log(JSON.stringify(await reachableFiles(process.argv[1])));`;
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--input-type=module', '-e', script, entry],
    {
      cwd: ROOT,
      maxBuffer: 1 << 26,
    },
  );
  return JSON.parse(stdout) as readonly string[];
}

describe('the files that are packed beside the engine', () => {
  let folder: string;
  before(() => {
    mkdirSync(OUT, { recursive: true });
    folder = mkdtempSync(join(OUT, 'graph-'));
  });
  after(() => rmSync(folder, { recursive: true }));

  function write(path: string, text: string): string {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
    return join(folder, path);
  }

  it('are the same whether optional packages were installed, as by a plain npm ci, or not', async () => {
    const entry = write(
      'main.mjs',
      "import 'needed';\nexport const copy = async () => { try { await import('@reflink/reflink'); } catch { /* copies */ } };\n",
    );
    write('node_modules/needed/package.json', '{"name": "needed", "main": "index.js"}');
    write('node_modules/needed/index.js', 'module.exports = 1;\n');
    const without = await reachableFiles(entry);
    write('node_modules/@reflink/reflink/package.json', '{"name": "@reflink/reflink", "main": "index.js"}');
    write('node_modules/@reflink/reflink/index.js', "module.exports = require('./reflink.node');\n");
    write('node_modules/@reflink/reflink/reflink.node', '\u007fELF');
    assert.deepEqual(await reachableFiles(entry), without);
    assert.deepEqual(
      without.map((path) => path.slice(path.indexOf('/', 'out/'.length) + 1)),
      ['main.mjs', 'node_modules/needed/index.js', 'node_modules/needed/package.json'],
    );
  });

  it('have no native module of the packages that are installed here', async () => {
    const entry = write('engine.mjs', "import 'node-llama-cpp';\n");
    const files = await reachableFiles(entry);
    assert.ok(files.some((path) => path.startsWith('node_modules/ipull/')));
    assert.deepEqual(
      files.filter((path) => path.endsWith('.node') || path.includes('@reflink')),
      [],
    );
  });
});
