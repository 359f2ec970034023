import assert from 'node:assert/strict';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import grammars from '../../src/engine/syntax/grammars.json' with { type: 'json' };
import { inPackages, makeVsix, PackedExtension, ROOT } from './support/packedExtension.js';

const ENGINE_PACKAGES = 'dist/engine/node_modules';
/** Binaries that the package for this platform must contain. */
const BINARIES: Readonly<Record<string, readonly string[]>> = {
  'linux-x64': ['linux-x64', 'linux-x64-vulkan'],
  'linux-arm64': ['linux-arm64'],
  'win32-x64': ['win-x64', 'win-x64-vulkan'],
  'win32-arm64': ['win-arm64'],
  'darwin-arm64': ['mac-arm64-metal'],
  'darwin-x64': ['mac-x64'],
};
const PLATFORM = `${process.platform}-${process.arch}`;

const PATH_KEYS = new Set(['path', 'icon', 'light', 'dark', 'configuration', 'svg', 'image', 'markdown']);

interface Manifest {
  readonly main: string;
  readonly icon: string;
  readonly l10n: string;
  readonly contributes: unknown;
}

describe('the packed extension', function () {
  this.timeout(180_000);
  let vsix: string;
  let extension: PackedExtension;
  let manifest: Manifest;

  before(async () => {
    vsix = await makeVsix();
    extension = await PackedExtension.open(
      vsix,
      /^(package(\.nls.*)?\.json|ThirdPartyNotices\.txt|dist\/extension\/.*)$|\.vsixmanifest$/,
    );
    manifest = JSON.parse(extension.text('package.json')) as Manifest;
  });

  it('contains no sources, tests, scripts, source maps, types, models or packages of the clone', () => {
    assert.deepEqual(
      extension.matching(/\.(ts|mts|cts|tsx|map|gguf|vsix|tsbuildinfo|log)$|\.test\.|(^|\/)\.[^/]+$/),
      [],
    );
    assert.deepEqual(
      extension.matching(/^(src|test|scripts|bench|out|docs|samples|node_modules|\.[^/]+)\//),
      [],
    );
    assert.deepEqual(extension.matching(/^dist\/(?!cli\/|extension\/|engine\/|webview\/)/), []);
  });

  it('contains neither the sources of llama.cpp nor its build tools', () => {
    assert.deepEqual(extension.matching(/\.(c|cpp|cc|h|hpp|cu|cmake|bundle|patch)$|CMakeLists/), []);
    assert.deepEqual(
      extension.matching(/node-llama-cpp\/(dist\/cli\/commands|templates)\/|\/(cmake-js|yargs)\//),
      [],
    );
  });

  it("contains every binary for this platform, and no other platform's", async () => {
    const scope = `${ENGINE_PACKAGES}/@node-llama-cpp/`;
    const packed = extension.files.filter(({ path }) => path.startsWith(scope) && path.includes('/bins/'));
    const expected: [string, number][] = [];
    for (const name of BINARIES[PLATFORM] ?? []) {
      const folder = inPackages('@node-llama-cpp', name, 'bins', name);
      for (const file of await readdir(folder)) {
        const { size } = await stat(join(folder, file));
        expected.push([`${scope}${name}/bins/${name}/${file}`, size]);
      }
    }
    assert.ok(expected.length > 0);
    assert.deepEqual(new Map(packed.map(({ path, bytes }) => [path, bytes])), new Map(expected));
    // Nor native files of any other package.
    assert.deepEqual(
      extension.matching(/\.(node|so|dll|dylib|exe)$/).filter((path) => !path.startsWith(scope)),
      [],
    );
  });

  it('contains the grammars of the supported languages, and no others', () => {
    const names = [...new Set(Object.values(grammars))].map((name) => `tree-sitter-${name}`);
    const folder = `${ENGINE_PACKAGES}/@vscode/tree-sitter-wasm`;
    assert.deepEqual(
      extension.matching(/tree-sitter/).sort(),
      [
        `${folder}/package.json`,
        `${folder}/wasm/tree-sitter.js`,
        ...['tree-sitter', ...names].map((name) => `${folder}/wasm/${name}.wasm`),
      ].sort(),
    );
  });

  it('is for this platform only', () => {
    assert.match(extension.text('extension.vsixmanifest'), new RegExp(`TargetPlatform="${PLATFORM}"`));
  });

  it('contains every file that its manifest names', () => {
    const named = [manifest.main, manifest.icon, ...namedFiles(manifest.contributes)];
    assert.ok(named.length > 3);
    const paths = new Set(extension.matching(/./));
    assert.deepEqual(
      named.map((path) => path.replace(/^\.\//, '')).filter((path) => !paths.has(path)),
      [],
    );
  });

  it('contains what its own code starts and shows', () => {
    for (const path of [
      'dist/cli/main.mjs',
      'dist/engine/main.mjs',
      'dist/engine/typescriptWorker.mjs',
      'dist/webview/main.js',
      'dist/webview/style.css',
    ])
      assert.deepEqual(extension.matching(new RegExp(`^${path}$`)), [path]);
  });

  it('contains every translation of the clone', async () => {
    const bundles = (await readdir(join(ROOT, 'l10n'))).filter((name) => name.endsWith('.json'));
    const folder = manifest.l10n.replace(/^\.\//, '');
    assert.deepEqual(extension.matching(/^l10n\//).sort(), bundles.map((name) => `${folder}/${name}`).sort());
    const texts = (await readdir(ROOT)).filter((name) => /^package\.nls.*\.json$/.test(name));
    assert.ok(texts.length > 1);
    assert.deepEqual(extension.matching(/^package\.nls/).sort(), texts.sort());
  });

  it('contains nothing about how the clone is built and tested', () => {
    for (const key of ['scripts', 'dependencies', 'devDependencies', 'bin'])
      assert.equal(Object.hasOwn(manifest, key), false, key);
  });

  it('contains its read-me, changelog and licence, and all third-party licences', () => {
    for (const name of ['readme.md', 'changelog.md', 'license.txt'])
      assert.equal(extension.files.filter(({ path }) => path.toLowerCase() === name).length, 1, name);
    const notices = extension.text('ThirdPartyNotices.txt').split(/^-{80}$/m);
    const licensed = new Map(notices.map((text) => [text.trim().split(/ \d/)[0], text] as const));
    const packages = new Set(
      extension
        .matching(/node_modules\//)
        .map((path) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1]),
    );
    for (const name of [...packages, 'vscode-languageclient', 'vscode-jsonrpc'])
      assert.match(
        licensed.get(name) ?? '',
        /copyright|permission|contains no licence text/i,
        `no licence text of ${name}`,
      );
    assert.match(notices[1] ?? '', /llama\.cpp[^]*The ggml authors/);
    assert.ok(notices.some((text) => /^\s*tree-sitter and its grammars[^]*Max Brunsfeld/.test(text)));
  });

  it('loads little code on activation, and not the language client', () => {
    const loaded = new Set([manifest.main.replace(/^\.\//, '')]);
    // Iterating a set includes what is added meanwhile.
    for (const path of loaded)
      for (const [, name = ''] of extension.text(path).matchAll(/(?:from|import) ?"\.\/([^"]+)"/g))
        loaded.add(`dist/extension/${name}`);
    const texts = [...loaded].map((path) => extension.text(path));
    const all = extension.matching(/^dist\/extension\//);
    assert.ok(all.length > loaded.size, 'nothing is loaded lazily');
    assert.ok(texts.join('').length < 200_000, `${texts.join('').length} characters`);
  });

  it('stays below its size limits: 700 kB of extension code, 45 MB in all', async () => {
    const code = extension.files.filter(({ path }) => path.startsWith('dist/extension/'));
    assert.ok(code.reduce((sum, { bytes }) => sum + bytes, 0) <= 700_000);
    assert.ok((await stat(vsix)).size <= 45_000_000);
  });
});

/** The values of keys that hold paths, anywhere in "contributes"; `$(name)` is an icon of VS Code's. */
function namedFiles(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]: [string, unknown]) => {
    if (typeof inner !== 'string') return namedFiles(inner);
    return PATH_KEYS.has(key) && /^[^$].*\.\w+$/.test(inner) ? [inner] : [];
  });
}
