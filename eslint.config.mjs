import js from '@eslint/js';
import globals from 'globals';
import tseslint from 'typescript-eslint';

/** Layer boundaries: restricts the imports of a folder. .dependency-cruiser.cjs checks cycles and indirect imports. */
const layer = (files, patterns) => ({
  files,
  rules: { '@typescript-eslint/no-restricted-imports': ['error', { patterns }] },
});
const native = { group: ['node-llama-cpp'], message: 'Only src/engine/model/llamaBinding.ts may import it.' };
const editor = {
  group: ['vscode', 'vscode-languageclient*'],
  message: 'Only src/extension may import the VS Code API.',
};
/** `paths`: patterns as the folder writes its imports; `src/extension/engine` is not the engine. */
const engine = (...paths) => ({
  group: paths,
  message: 'The engine runs in another process: use src/protocol.',
});

export default tseslint.config(
  {
    ignores: [
      'dist/**',
      'out/**',
      'node_modules/**',
      '.vscode-test/**',
      'samples/**',
      'test/fixtures/documents/**',
    ],
  },
  js.configs.recommended,
  { files: ['**/*.mjs', '**/*.cjs'], languageOptions: { globals: globals.node } },
  {
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector:
            ':not(CallExpression[callee.name=/^mkdtemp(Sync)?$/]) > CallExpression[callee.name="join"] > CallExpression[callee.name="tmpdir"]',
          message: 'Another user can create this path first. Use mkdtemp, or a folder of the user.',
        },
      ],
    },
  },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: {
        project: ['./tsconfig.json', './src/webview/tsconfig.json', './test/webview/tsconfig.json'],
      },
    },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      // Strings are spread intentionally, to get code points.
      '@typescript-eslint/no-misused-spread': 'off',
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
      'no-control-regex': 'off',
      'max-lines': ['error', { max: 250, skipBlankLines: true, skipComments: true }],
    },
  },
  layer(
    ['src/protocol/**'],
    [
      native,
      editor,
      engine('**/engine/**'),
      { group: ['../extension/**', '../webview/**', '../cli/**', '**/chatCore/**', 'node:*'] },
    ],
  ),
  layer(
    ['src/chatCore/**'],
    [
      native,
      editor,
      engine('**/engine/**'),
      {
        group: ['**/extension/**', '**/webview/**', '**/cli/**', 'node:*'],
        message: 'src/chatCore may import only src/protocol.',
      },
    ],
  ),
  {
    files: ['src/chatCore/**'],
    rules: {
      'no-restricted-globals': [
        'error',
        ...['window', 'document', 'navigator', 'localStorage', 'indexedDB', 'process', 'Buffer'].map(
          (name) => ({
            name,
            message: 'src/chatCore runs in Node and in browsers.',
          }),
        ),
      ],
    },
  },
  layer(
    ['src/engine/**', 'src/cli/**'],
    [native, editor, { group: ['**/extension/**', '**/webview/**', '**/chatCore/**'] }],
  ),
  layer(['src/extension/*.ts'], [native, engine('../engine/**'), { group: ['**/webview/**', '**/cli/**'] }]),
  layer(
    ['src/extension/*/*.ts'],
    [native, engine('../../engine/**'), { group: ['**/webview/**', '**/cli/**'] }],
  ),
  layer(
    ['src/extension/*/*/**'],
    [native, engine('../../../engine/**'), { group: ['**/webview/**', '**/cli/**'] }],
  ),
  layer(
    ['src/webview/**'],
    [native, editor, engine('**/engine/**'), { group: ['**/extension/**', '**/cli/**', 'node:*'] }],
  ),
  {
    files: ['src/engine/model/llamaBinding.ts'],
    rules: { '@typescript-eslint/no-restricted-imports': 'off' },
  },
  {
    files: ['test/**/*.ts'],
    rules: { '@typescript-eslint/no-floating-promises': ['error', { allowForKnownSafeCalls: [] }] },
  },
);
