import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keptPort } from '../../../scripts/start/keptPort.mjs';

describe('the port of npm start', () => {
  let folder: string;
  let file: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'youtu-test-'));
    file = join(folder, 'workbench', 'port');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('is the same the next time, so that the chats of the last time are there', async () => {
    const port = await keptPort(file);
    assert.ok(port > 1023);
    assert.equal(await keptPort(file), port);
  });

  it('is another one while a program has it', async () => {
    const port = await keptPort(file);
    const other = createServer();
    await once(other.listen(port, '127.0.0.1'), 'listening');
    assert.notEqual(await keptPort(file), port);
    other.close();
    await once(other, 'close');
    assert.equal(await keptPort(file), port);
  });

  it('is chosen again when the file is damaged', async () => {
    await keptPort(file);
    for (const content of ['', 'x', '0', '70000', '-1']) {
      writeFileSync(file, content);
      assert.equal(readFileSync(file, 'utf8'), content);
      const port = await keptPort(file);
      assert.equal(readFileSync(file, 'utf8'), String(port));
    }
  });
});
