import assert from 'node:assert/strict';
import * as z from 'zod/mini';
import {
  checkedSetting,
  isValidSetting,
  SETTING_DEFAULTS,
  SETTING_SCHEMAS,
  type SettingName,
} from '../../../src/extension/settingSchemas.js';
import { DEFAULT_SETTINGS } from '../../../src/protocol/settings.js';
import { manifest, manifestSettings } from '../support/manifest.js';

describe('the settings', () => {
  const defaults: Readonly<Record<string, unknown>> = SETTING_DEFAULTS;

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

  it('have the types, limits and choices of package.json', () => {
    for (const [name, schema] of Object.entries(SETTING_SCHEMAS)) {
      const { type, minimum, maximum, enum: choices, items } = manifestSettings[`youtu.${name}`] ?? {};
      // Checked before items of a wrong type are removed.
      const checked = z.toJSONSchema(schema, { io: 'input' });
      assert.equal(checked.type, type, name);
      assert.deepEqual(checked.enum, choices, name);
      assert.deepEqual([checked.minimum, checked.maximum], [minimum, maximum], name);
      if (name !== 'completion.exclude') assert.deepEqual(checked.items, items, name);
    }
  });

  it('have valid defaults', () => {
    for (const [name, value] of Object.entries(defaults))
      assert.ok(isValidSetting(name as SettingName, value), name);
  });

  it('fall back to the default where a settings file holds something else', () => {
    const wrong: Partial<Record<SettingName, readonly unknown[]>> = {
      'completion.enabled': ['no', null, 0],
      'completion.maxLines': [0, 61, 2.5, '3', Number.NaN],
      'completion.exclude': ['**/*.ts', {}],
      'model.sources': [[1], 'pypi'],
      'engine.gpu': ['fast', true],
    };
    for (const [name, values] of Object.entries(wrong) as [SettingName, readonly unknown[]][])
      for (const value of values) assert.deepEqual(checkedSetting(name, value), defaults[name], name);
  });

  it('drop only invalid patterns', () => {
    assert.deepEqual(checkedSetting('completion.exclude', ['**/*.ts', 5]), ['**/*.ts']);
  });

  it('describe each choice', () => {
    for (const [name, setting] of Object.entries(manifestSettings))
      assert.equal(setting.enumDescriptions?.length, setting.enum?.length, name);
  });

  it('can’t be set by a folder where that would be unsafe', () => {
    const restricted = manifest.capabilities.untrustedWorkspaces.restrictedConfigurations;
    for (const name of restricted) assert.ok(name in manifestSettings, name);
    for (const [name, { scope }] of Object.entries(manifestSettings)) {
      if (!/\.(model|engine)\./.test(name)) continue;
      assert.equal(scope, 'machine', name);
    }
  });
});
