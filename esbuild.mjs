// Builds what runs: the extension (CommonJS, as VS Code loads it), the engine and the command line (ES modules;
// node-llama-cpp stays outside, it can't be bundled), and the webview's page.
//   node esbuild.mjs [--minify] [--watch] [--packed] [--outdir DIR]
// --packed: for the VSIX: minified, without the command line, and with DIR/metafiles.json, what the bundles are made of.
import { context, build } from 'esbuild';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const args = process.argv.slice(2);
const packed = args.includes('--packed');
const minify = packed || args.includes('--minify');
const outdir = args.includes('--outdir') ? args[args.indexOf('--outdir') + 1] : 'dist';

const shared = {
  bundle: true,
  minify,
  sourcemap: !minify,
  metafile: packed,
  logLevel: 'warning',
  legalComments: 'none',
};
// Some bundled CommonJS packages call require() for Node's own modules.
const requireBanner = {
  js: "import { createRequire as createRequire_ } from 'node:module'; const require = createRequire_(import.meta.url);",
};
const node = { ...shared, platform: 'node', target: 'node20' };

export const bundles = [
  {
    ...node,
    entryPoints: ['src/extension/extension.ts'],
    outfile: join(outdir, 'extension/extension.cjs'),
    format: 'cjs',
    external: ['vscode'],
  },
  {
    ...node,
    entryPoints: {
      'engine/main': 'src/engine/main.ts',
      ...(packed ? {} : { 'cli/main': 'src/cli/main.ts' }),
    },
    outdir,
    outExtension: { '.js': '.mjs' },
    format: 'esm',
    splitting: true,
    chunkNames: 'engine/[name]-[hash]',
    external: ['node-llama-cpp'],
    banner: requireBanner,
  },
  {
    ...shared,
    platform: 'browser',
    target: 'es2022',
    entryPoints: { 'webview/main': 'src/webview/main.ts', 'webview/style': 'src/webview/style.css' },
    outdir,
    format: 'esm',
  },
];

await rm(outdir, { recursive: true, force: true });
if (args.includes('--watch')) {
  await Promise.all(
    bundles.map(async (options) => (await context({ ...options, logLevel: 'info' })).watch()),
  );
} else {
  const results = await Promise.all(bundles.map((options) => build(options)));
  const metafiles = results.map(({ metafile }) => metafile);
  if (packed) await writeFile(join(outdir, 'metafiles.json'), JSON.stringify(metafiles));
}
