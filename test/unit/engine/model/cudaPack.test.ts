import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cudaPackCommand, cudaPackFolder, resolveCudaPack } from '../../../../src/engine/model/cudaPack.js';

const NAME: string = '@node-llama-cpp/imaginary-x64-cuda';
const CPU_NAME: string = '@node-llama-cpp/imaginary-x64';

describe("CUDA's build of llama.cpp", () => {
  it("is found in the user's folder by its package name", async () => {
    const folder = await mkdtemp(join(tmpdir(), 'youtu-cuda-'));
    try {
      await assert.rejects(import(NAME));
      resolveCudaPack(join(folder, 'missing'));
      await assert.rejects(import(NAME));

      const scope = join(folder, 'node_modules', NAME);
      await mkdir(scope, { recursive: true });
      await writeFile(join(scope, 'package.json'), '{ "type": "module", "exports": "./index.js" }');
      await writeFile(join(scope, 'index.js'), 'export const found = true;');
      resolveCudaPack(folder);
      assert.deepEqual({ ...(await import(NAME)) }, { found: true });
      await assert.rejects(import(CPU_NAME));
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

  it('is installed to where it is searched', () => {
    const command = cudaPackCommand('1.2.3');
    assert.ok(command.includes(`--prefix "${cudaPackFolder()}"`));
    assert.match(command, /@node-llama-cpp\/\S+-cuda@1\.2\.3 @node-llama-cpp\/\S+-cuda-ext@1\.2\.3$/);
  });
});
