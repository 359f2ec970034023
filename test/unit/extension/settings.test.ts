import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import ts from 'typescript';
import { DEFAULT_SETTINGS } from '../../../src/protocol/settings.js';
import { manifest, manifestSettings, root } from '../support/manifest.js';

describe('the settings', () => {
  const defaults = readDefaults();

  it('are the same in package.json and in the extension, with the same defaults', () => {
    const listed = Object.entries(manifestSettings).map(([name, setting]) => [name, setting.default]);
    const typed = Object.entries(defaults).map(([name, value]) => [`youtu.${name}`, value]);
    assert.deepEqual(listed.sort(), typed.sort());
  });

  it('have defaults that the engine shares', () => {
    const { completionModel, chatModel, contextSize, completionMaxLines, gpu } = DEFAULT_SETTINGS;
    assert.deepEqual(
      [completionModel, chatModel, contextSize, completionMaxLines, gpu],
      ['model.completion', 'model.chat', 'model.contextSize', 'completion.maxLines', 'engine.gpu'].map(
        (name) => defaults[name],
      ),
    );
  });

  it('describe each choice', () => {
    for (const [name, setting] of Object.entries(manifestSettings))
      assert.equal(setting.enumDescriptions?.length, setting.enum?.length, name);
  });

  it('keep what a folder could misuse out of its hands', () => {
    const restricted = manifest.capabilities.untrustedWorkspaces.restrictedConfigurations;
    for (const name of restricted) assert.ok(name in manifestSettings, name);
    for (const [name, { scope }] of Object.entries(manifestSettings)) {
      if (!/\.(model|engine)\./.test(name)) continue;
      assert.equal(scope, 'machine', name);
    }
  });
});

/** Read from the source: the module itself needs the editor. */
function readDefaults(): Readonly<Record<string, unknown>> {
  const file = join(root, 'src/extension/settings.ts');
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
  const initializer = source.statements
    .filter(ts.isVariableStatement)
    .flatMap(({ declarationList }) => declarationList.declarations)
    .find(({ name }) => name.getText() === 'SETTING_DEFAULTS')?.initializer;
  assert.ok(initializer, 'settings.ts has no SETTING_DEFAULTS');
  const value: unknown = runInNewContext(ts.transpile(`(${initializer.getText()})`));
  // A value of another context has other prototypes.
  return structuredClone(value) as Readonly<Record<string, unknown>>;
}
