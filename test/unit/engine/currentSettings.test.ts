import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { CurrentSettings } from '../../../src/engine/currentSettings.js';
import { DEFAULT_SETTINGS } from '../../../src/protocol/settings.js';

describe('current settings', () => {
  it('are the defaults until they are changed', () => {
    assert.deepEqual(new CurrentSettings().value, DEFAULT_SETTINGS);
  });

  it('keep what a change leaves out, and return what was in force before', () => {
    const settings = new CurrentSettings();
    settings.update({ threads: 3 });
    const before = settings.update({ modelsFolder: 'models' });
    assert.deepEqual(before, { ...DEFAULT_SETTINGS, threads: 3 });
    assert.deepEqual(settings.value, { ...DEFAULT_SETTINGS, threads: 3, modelsFolder: 'models' });
  });

  it('give the models folder of now', () => {
    const settings = new CurrentSettings();
    const folder = (): string => settings.modelsFolder;
    settings.update({ modelsFolder: 'models' });
    assert.equal(folder(), resolve('models'));
  });
});
