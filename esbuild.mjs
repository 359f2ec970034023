// Builds the extension, the engine, the command line and the webview pages as ES modules. node-llama-cpp and tree-sitter
// stay external, because they load files from their own folders.
//   node esbuild.mjs [--minify] [--watch] [--packed] [--outdir DIR]
// --packed: for the VSIX: minified; writes esbuild's metafiles to DIR/metafiles.json.
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
const node = {
  ...shared,
  platform: 'node',
  target: 'node20',
  // Their main files are UMD, whose inner imports can't be bundled.
  alias: {
    'jsonc-parser': 'jsonc-parser/lib/esm/main.js',
    'vscode-css-languageservice': 'vscode-css-languageservice/lib/esm/cssLanguageService.js',
    'vscode-html-languageservice': 'vscode-html-languageservice/lib/esm/htmlLanguageService.js',
    'vscode-json-languageservice': 'vscode-json-languageservice/lib/esm/jsonLanguageService.js',
  },
};
// Dynamic imports become separate files that are loaded on demand.
const modules = {
  outdir,
  outExtension: { '.js': '.mjs' },
  format: 'esm',
  splitting: true,
  // Some bundled CommonJS packages call require() for Node's built-in modules and for vscode.
  banner: {
    js: "import { createRequire as createRequire_ } from 'node:module'; const require = createRequire_(import.meta.url);",
  },
};

// The chat page that `youtu serve` serves to a browser.
const browserPage = {
  ...shared,
  platform: 'browser',
  target: 'es2022',
  entryPoints: [
    { in: 'src/webview/browser/index.html', out: 'webview/index' },
    { in: 'src/webview/browser/main.ts', out: 'webview/browser' },
    { in: 'src/webview/browser/style.css', out: 'webview/browser' },
    { in: 'media/icon.svg', out: 'webview/icon' },
  ],
  loader: { '.html': 'copy', '.svg': 'copy' },
  outdir,
  format: 'esm',
};

export const bundles = [
  {
    ...node,
    ...modules,
    entryPoints: { 'extension/extension': 'src/extension/extension.ts' },
    chunkNames: 'extension/[name]-[hash]',
    external: ['vscode'],
  },
  {
    ...node,
    ...modules,
    entryPoints: {
      'engine/main': 'src/engine/main.ts',
      // Runs in a thread of its own.
      'engine/typescriptWorker': 'src/engine/checkers/typescript/typescriptWorker.ts',
      'cli/main': 'src/cli/main.ts',
      // Tries a GPU, in a process of its own.
      'engine/deviceTrial': 'src/engine/model/devices/trialProcess.ts',
    },
    chunkNames: 'engine/[name]-[hash]',
    external: ['node-llama-cpp', '@vscode/tree-sitter-wasm'],
  },
  {
    ...shared,
    platform: 'browser',
    target: 'es2022',
    entryPoints: { 'webview/main': 'src/webview/main.ts', 'webview/style': 'src/webview/style.css' },
    outdir,
    format: 'esm',
  },
  browserPage,
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
