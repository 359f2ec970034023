import js from '@eslint/js';
import globals from 'globals';
import tseslint from 'typescript-eslint';

/** The walls: who may not import what. Cycles and the same walls for indirect paths: .dependency-cruiser.cjs. */
const wall = (files, patterns) => ({
  files,
  rules: { '@typescript-eslint/no-restricted-imports': ['error', { patterns }] },
});
const native = { group: ['node-llama-cpp'], message: 'Only src/engine/model/llamaBinding.ts imports it.' };
const editor = {
  group: ['vscode', 'vscode-languageclient*'],
  message: 'Only src/extension knows the editor.',
};
/** `paths`: as the importing folder writes them; `src/extension/engine` is no engine. */
const engine = (...paths) => ({
  group: paths,
  message: 'The engine is another process: go through src/protocol.',
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
      // Code points are what is meant wherever a string is spread here.
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
  wall(
    ['src/protocol/**'],
    [
      native,
      editor,
      engine('**/engine/**'),
      { group: ['../extension/**', '../webview/**', '../cli/**', '**/chatCore/**', 'node:*'] },
    ],
  ),
  wall(
    ['src/chatCore/**'],
    [
      native,
      editor,
      engine('**/engine/**'),
      { group: ['**/extension/**', '**/webview/**', '**/cli/**', 'node:*'], message: 'Only src/protocol.' },
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
            message: 'The chat’s core runs in Node and in browsers.',
          }),
        ),
      ],
    },
  },
  wall(
    ['src/engine/**', 'src/cli/**'],
    [native, editor, { group: ['**/extension/**', '**/webview/**', '**/chatCore/**'] }],
  ),
  wall(['src/extension/*.ts'], [native, engine('../engine/**'), { group: ['**/webview/**', '**/cli/**'] }]),
  wall(
    ['src/extension/*/**'],
    [native, engine('../../engine/**'), { group: ['**/webview/**', '**/cli/**'] }],
  ),
  wall(
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
