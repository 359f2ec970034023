import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { removeAmxBackends } from '../../../scripts/setup/amxBackend.mjs';

describe('llama.cpp’s back end for AMX', () => {
  const modules = mkdtempSync(join(tmpdir(), 'youtu-test-'));
  after(() => rmSync(modules, { recursive: true }));
  const file = (path: string): string => join(modules, '@node-llama-cpp', path);

  it('is the only one that is removed, from the packages of all platforms', () => {
    const kept = [
      'linux-x64/bins/linux-x64/libggml-cpu-haswell.so',
      'win-x64/bins/win-x64/ggml-cpu-zen4.dll',
    ];
    const removed = [
      'linux-x64/bins/linux-x64/libggml-cpu-sapphirerapids.so',
      'linux-x64-vulkan/bins/linux-x64-vulkan/libggml-cpu-sapphirerapids.so',
      'win-x64/bins/win-x64/ggml-cpu-sapphirerapids.dll',
    ];
    for (const path of [...kept, ...removed]) {
      mkdirSync(dirname(file(path)), { recursive: true });
      writeFileSync(file(path), '');
    }
    removeAmxBackends(modules);
    assert.deepEqual(
      [...kept, ...removed].filter((path) => existsSync(file(path))),
      kept,
    );
  });

  it('may be missing', () => {
    assert.doesNotThrow(() => removeAmxBackends(join(modules, 'none')));
  });
});
