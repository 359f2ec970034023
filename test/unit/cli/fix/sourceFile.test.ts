import assert from 'node:assert/strict';
import {
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  lstatSync,
  writeFileSync,
  chmodSync,
} from 'node:fs';
import { join } from 'node:path';
import { SourceFile } from '../../../../src/cli/fix/sourceFile.js';
import { temporaryFolder } from '../../engine/catalogue/support/temporaryFolder.js';

describe('a fixed file', () => {
  const folder = temporaryFolder();
  const path = (): string => join(folder(), 'run.sh');

  it('keeps its mode and BOM, and leaves no temporary file', async () => {
    writeFileSync(path(), '\ufeffa\r\n');
    chmodSync(path(), 0o757);
    const file = await SourceFile.read(path());
    assert.equal(file.text, 'a\r\n');
    await file.write('b\r\n');
    assert.equal(readFileSync(path(), 'utf8'), '\ufeffb\r\n');
    if (process.platform !== 'win32') assert.equal(statSync(path()).mode & 0o777, 0o757);
    assert.deepEqual(readdirSync(folder()), ['run.sh']);
  });

  it('is not written when it was changed meanwhile', async () => {
    writeFileSync(path(), 'a\n');
    const file = await SourceFile.read(path());
    writeFileSync(path(), 'theirs\n');
    await assert.rejects(file.write('b\n'), /was changed in the meantime/);
    assert.equal(readFileSync(path(), 'utf8'), 'theirs\n');
    assert.deepEqual(readdirSync(folder()), ['run.sh']);
  });

  it('is written to the target of a link, and the link stays', async function () {
    if (process.platform === 'win32') this.skip();
    writeFileSync(path(), 'a\n');
    const link = join(folder(), 'link');
    symlinkSync('run.sh', link);
    await (await SourceFile.read(link)).write('b\n');
    assert.ok(lstatSync(link).isSymbolicLink());
    assert.equal(readFileSync(path(), 'utf8'), 'b\n');
  });

  it('is rejected with a message when it isn’t text or isn’t a file', async () => {
    writeFileSync(path(), Buffer.of(0xff, 0x00));
    await assert.rejects(SourceFile.read(path()), /run\.sh is not UTF-8 text/);
    await assert.rejects(SourceFile.read(folder()), /is not a file/);
  });
});
