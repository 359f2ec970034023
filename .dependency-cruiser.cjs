// The walls between the parts, for indirect imports too, and no cycles. ESLint holds the same walls while one types.
const ANY_PACKAGE = '(^|/)node_modules/';

/** Nothing in `from` may import `to`, by whatever way. */
const wall = (name, comment, from, to) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from },
  to: { path: to, reachable: true },
});

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'Imports go one way.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-orphans',
      comment: 'A module that nobody imports, and that is no entry, is dead.',
      severity: 'error',
      from: {
        orphan: true,
        pathNot: [
          '\\.test\\.ts$',
          '\\.d\\.m?ts$',
          '\\.c?js$',
          '^scripts/package/refuse\\.mjs$', // package.json names it
          '^src/(extension/extension|engine/main|cli/main|webview/main)\\.ts$',
        ],
      },
      to: {},
    },
    {
      name: 'no-unresolved',
      comment: 'Every import leads somewhere.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^vscode$' },
    },
    {
      name: 'protocol-is-types-only',
      comment: 'The protocol imports only packages of message types.',
      severity: 'error',
      from: { path: '^src/protocol/' },
      to: {
        pathNot: [
          '^src/protocol/',
          `${ANY_PACKAGE}vscode-(languageserver-protocol|languageserver-types|jsonrpc)/`,
        ],
      },
    },
    wall('engine-without-editor', 'The engine runs outside of VS Code.', '^src/(engine|cli)/', [
      '^vscode$',
      '^src/(extension|webview|chatCore)/',
      `${ANY_PACKAGE}vscode-languageclient/`,
    ]),
    wall(
      'extension-without-engine',
      'The engine is another process.',
      '^src/extension/',
      '^src/(engine|cli|webview)/',
    ),
    wall('webview-alone', 'The page runs in a browser.', '^src/webview/', [
      '^vscode$',
      '^src/(extension|engine|cli)/',
    ]),
    {
      name: 'chat-core-alone',
      comment:
        'The chat’s core runs in Node and in browsers, and imports only the protocol and the schema library.',
      severity: 'error',
      from: { path: '^src/chatCore/' },
      to: { pathNot: ['^src/(chatCore|protocol)/', `${ANY_PACKAGE}zod/`] },
    },
    {
      name: 'webview-without-node',
      comment: 'The page runs in a browser.',
      severity: 'error',
      from: { path: '^src/(webview|chatCore)/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'one-native-binding',
      comment: 'node-llama-cpp is known in one file.',
      severity: 'error',
      from: { pathNot: '^src/engine/model/llamaBinding\\.ts$' },
      to: { path: `${ANY_PACKAGE}node-llama-cpp/` },
    },
    {
      name: 'product-without-tests',
      comment: 'What is shipped does not import what is not.',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(test|bench|scripts)/' },
    },
    {
      name: 'declared-dependencies',
      comment: 'Every package that is imported is in package.json.',
      severity: 'error',
      from: { path: '^(src|scripts|test|bench)/' },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|out)/' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.mjs', '.cjs', '.js', '.json'],
    },
  },
};
