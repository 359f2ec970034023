import assert from 'node:assert/strict';
import { pathLine, userPathFolder } from '../../../../src/extension/commandLine/pathFolder.js';

const linux = (PATH: string | undefined) =>
  userPathFolder({ platform: 'linux', home: '/home/ada', env: PATH === undefined ? {} : { PATH } });

describe('the folder for a command', () => {
  it('is one of the user’s that the PATH has', () => {
    assert.deepEqual(linux('/usr/bin:/home/ada/bin'), { folder: '/home/ada/bin', isInPath: true });
    assert.deepEqual(linux('/home/ada/bin:/home/ada/.local/bin/'), {
      folder: '/home/ada/.local/bin',
      isInPath: true,
    });
  });

  it('is the usual one where the PATH has none, and never one of the system’s', () => {
    for (const path of ['/usr/local/bin:/usr/bin', '', undefined])
      assert.deepEqual(linux(path), { folder: '/home/ada/.local/bin', isInPath: false });
  });

  it('is compared without case on Windows, whatever the variable is called', () => {
    const windows = (env: Record<string, string>) =>
      userPathFolder({ platform: 'win32', home: 'C:\\Users\\Ada', env });
    const folder = 'C:\\Users\\Ada\\AppData\\Local\\Programs\\youtu-code\\bin';
    assert.deepEqual(windows({ Path: `C:\\Windows;${folder.toUpperCase()}\\` }), { folder, isInPath: true });
    assert.deepEqual(windows({ Path: 'C:\\Windows', LOCALAPPDATA: 'D:\\Local' }), {
      folder: 'D:\\Local\\Programs\\youtu-code\\bin',
      isInPath: false,
    });
  });

  it('is added to the PATH by a line for the user’s shell', () => {
    const folder = '/home/ada/.local/bin';
    assert.deepEqual(pathLine(folder, '/usr/bin/zsh'), {
      file: '~/.zshrc',
      line: 'export PATH="/home/ada/.local/bin:$PATH"',
    });
    assert.equal(pathLine(folder, '/bin/bash').file, '~/.bashrc');
    assert.equal(pathLine(folder, '/usr/bin/fish').line, "fish_add_path '/home/ada/.local/bin'");
    assert.equal(pathLine(folder, '').file, '~/.profile');
  });
});
