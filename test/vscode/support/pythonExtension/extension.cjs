// The part of the Python extension's API that tells which interpreter is chosen; a test chooses it.
const { Uri } = require('vscode');

let chosen = { path: '', executable: undefined };

exports.activate = () => ({
  choose(path, executable) {
    chosen = { path, executable };
  },
  environments: {
    getActiveEnvironmentPath: () => ({ id: chosen.path, path: chosen.path }),
    resolveEnvironment: async ({ path }) =>
      path === '' ? undefined : { executable: { uri: chosen.executable && Uri.file(chosen.executable) } },
  },
});
