import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { expandHome, modelsFolder } from '../../../../src/engine/catalogue/modelsFolder.js';

const folder = (platform: NodeJS.Platform, env: Record<string, string> = {}, setting = ''): string =>
  modelsFolder(setting, { platform, env, home: '/home/ann' });

describe('the models folder', () => {
  it('is the user’s data folder on Linux', () => {
    assert.equal(folder('linux'), '/home/ann/.local/share/youtu-code/models');
    assert.equal(folder('linux', { XDG_DATA_HOME: '/data' }), '/data/youtu-code/models');
  });

  it('ignores a relative or empty XDG_DATA_HOME', () => {
    assert.equal(folder('linux', { XDG_DATA_HOME: 'data' }), '/home/ann/.local/share/youtu-code/models');
    assert.equal(folder('linux', { XDG_DATA_HOME: '' }), '/home/ann/.local/share/youtu-code/models');
  });

  it('is Application Support on macOS', () => {
    assert.equal(folder('darwin'), '/home/ann/Library/Application Support/youtu-code/models');
  });

  it('is the local, not the roaming, application data on Windows', () => {
    const env = { LOCALAPPDATA: 'C:\\Users\\Ann\\AppData\\Local' };
    assert.equal(folder('win32', env), 'C:\\Users\\Ann\\AppData\\Local\\youtu-code\\models');
    assert.match(folder('win32'), /AppData\\Local\\youtu-code\\models$/);
  });

  it('prefers the setting over the environment variable', () => {
    const env = { YOUTU_MODELS_FOLDER: '/from/variable' };
    assert.equal(folder('linux', env), resolve('/from/variable'));
    assert.equal(folder('linux', env, '  '), resolve('/from/variable'));
    assert.equal(folder('linux', env, '/from/setting'), resolve('/from/setting'));
    assert.equal(folder('darwin', {}, '~/models'), resolve('/home/ann/models'));
  });
});

describe('a path with ~', () => {
  it('is expanded at its start only', () => {
    assert.equal(expandHome('~', '/home/ann'), '/home/ann');
    assert.equal(expandHome('~/a.gguf', '/home/ann'), resolve('/home/ann/a.gguf'));
    assert.equal(expandHome('/x/~/a.gguf', '/home/ann'), '/x/~/a.gguf');
    assert.equal(expandHome('~ann/a.gguf', '/home/ann'), '~ann/a.gguf');
  });
});
