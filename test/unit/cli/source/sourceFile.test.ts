import assert from 'node:assert/strict';
import {
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  lstatSync,
  writeFileSync,
  chmodSync,
  truncateSync,
  writeSync,
} from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { mock } from 'node:test';
import { errorText } from '../../../../src/cli/errors.js';
import { checkPlace, SourceFile } from '../../../../src/cli/source/sourceFile.js';
import { temporaryFolder } from '../../engine/catalogue/support/temporaryFolder.js';
import { asNobody } from '../support/asNobody.js';

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

  it('keeps UTF-16 and its mark', async () => {
    const bytes = (text: string): Buffer => Buffer.from(`\ufeff${text}`, 'utf16le').swap16();
    writeFileSync(path(), bytes('a = "é"\r\n'));
    const file = await SourceFile.read(path());
    assert.equal(file.text, 'a = "é"\r\n');
    assert.equal(file.isPatchable, false);
    await file.write('b = "é"\r\n');
    assert.deepEqual(readFileSync(path()), bytes('b = "é"\r\n'));
  });

  it('stays one file with its other name, longer or shorter', async () => {
    writeFileSync(path(), 'a\n');
    linkSync(path(), join(folder(), 'twin.sh'));
    for (const text of ['a longer text\n', 'b\n', '']) {
      await (await SourceFile.read(path())).write(text);
      assert.equal(readFileSync(join(folder(), 'twin.sh'), 'utf8'), text);
    }
    assert.equal(statSync(path()).nlink, 2);
    assert.deepEqual(readdirSync(folder()), ['run.sh', 'twin.sh']);
  });

  it('may have the longest name that a folder can hold', async () => {
    const long = join(folder(), `${'n'.repeat(252)}.py`);
    writeFileSync(long, 'a\n');
    await (await SourceFile.read(long)).write('b\n');
    assert.equal(readFileSync(long, 'utf8'), 'b\n');
  });

  it('is as it was when the disk is full, whether it has one name or two', async () => {
    writeFileSync(path(), 'a\n');
    const longer = 'a longer text\n';
    for (const method of ['writeFile', 'write'] as const) {
      if (method === 'write') linkSync(path(), join(folder(), 'twin.sh'));
      const file = await SourceFile.read(path());
      await withFullDisk(path(), method, () =>
        assert.rejects(file.write(longer), (error) =>
          errorText(error).startsWith(`There isn't enough disk space for ${path()}. Free`),
        ),
      );
      assert.equal(readFileSync(path(), 'utf8'), 'a\n');
      assert.ok(!readdirSync(folder()).some((name) => name.endsWith('.tmp')));
    }
  });

  it('keeps the owner that the writer can’t give it, and isn’t written when it is read-only', async function () {
    if (process.platform === 'win32') this.skip();
    chmodSync(folder(), 0o777);
    writeFileSync(path(), 'a\n');
    chmodSync(path(), 0o666);
    const owner = statSync(path()).uid;
    await asNobody(async () => (await SourceFile.read(path())).write('b\n'));
    assert.equal(readFileSync(path(), 'utf8'), 'b\n');
    assert.equal(statSync(path()).uid, owner);
    chmodSync(path(), 0o444);
    await asNobody(() =>
      assert.rejects(
        async () => (await SourceFile.read(path())).write('c\n'),
        (error) => errorText(error).startsWith(`Permission denied: ${path()}. Check`),
      ),
    );
    assert.equal(readFileSync(path(), 'utf8'), 'b\n');
    assert.deepEqual(readdirSync(folder()), ['run.sh']);
  });

  it('isn’t written, and says so with its own name, where its folder is read-only', async function () {
    if (process.platform === 'win32') this.skip();
    const inner = join(folder(), 'inner');
    mkdirSync(inner);
    writeFileSync(join(inner, 'a.py'), 'a\n');
    chmodSync(join(inner, 'a.py'), 0o666);
    chmodSync(folder(), 0o755);
    chmodSync(inner, 0o555);
    await asNobody(() =>
      assert.rejects(
        async () => (await SourceFile.read(join(inner, 'a.py'))).write('c\n'),
        (error) => /^Permission denied: .*a\.py\. Check .* its folder/.test(errorText(error)),
      ),
    );
    chmodSync(inner, 0o755);
  });

  it('is rejected with a message when it isn’t text or isn’t a file', async () => {
    writeFileSync(path(), Buffer.of(0xff, 0x00));
    await assert.rejects(SourceFile.read(path()), /run\.sh is not UTF-8 text/);
    await assert.rejects(SourceFile.read(folder()), /is not a file/);
  });

  it('is rejected when it may never end', async function () {
    if (process.platform === 'win32') this.skip();
    await assert.rejects(SourceFile.read('/dev/zero'), /is not a file/);
    writeFileSync(path(), '');
    truncateSync(path(), 5e9);
    await assert.rejects(SourceFile.read(path()), /run\.sh has 5\.0 GB\. Files of more than 17 MB/);
  });

  it('has the byte order mark in a patch', async () => {
    writeFileSync(path(), '\ufeffa\n');
    assert.equal((await SourceFile.read(path())).asPatched('b\n'), '\ufeffb\n');
    writeFileSync(path(), 'a\n');
    assert.equal((await SourceFile.read(path())).asPatched('b\n'), 'b\n');
  });
});

describe('a place in a file', () => {
  const text = 'ab\r\n\n🙂';

  it('exists up to the end of each line, and after the last one', () => {
    for (const [line, character] of [
      [0, 0],
      [0, 2],
      [1, 0],
      [2, 2],
    ] as const)
      checkPlace('x.py', text, line, character);
    checkPlace('x.py', '', 0, 0);
    checkPlace('x.py', 'a\n', 1, 0);
  });

  const missing: [line: number, character: number, sentence: RegExp][] = [
    [3, 0, /^InputError: x\.py has only 3 lines\.$/],
    [998, 0, /has only 3 lines/],
    [0, 3, /Line 1 of x\.py ends at column 3\. Pass a column from 1 to 3/],
    [1, 1, /Line 2 of x\.py ends at column 1/],
    [2, 998, /ends at column 3/],
  ];
  for (const [line, character, sentence] of missing)
    it(`is refused at ${line + 1}:${character + 1}`, () =>
      assert.throws(() => checkPlace('x.py', text, line, character), sentence));
});

/** Makes a method of all open files fail as on a full disk; `write` writes one byte before. */
async function withFullDisk(
  anyFile: string,
  method: 'writeFile' | 'write',
  work: () => Promise<void>,
): Promise<void> {
  const handle = await open(anyFile, 'r');
  await handle.close();
  const files = Object.getPrototypeOf(handle) as FileHandle;
  const full = mock.method(files, method, function (this: FileHandle) {
    if (method === 'write') writeSync(this.fd, 'x', 2);
    return Promise.reject(Object.assign(new Error('ENOSPC'), { code: 'ENOSPC' }));
  });
  try {
    await work();
    assert.equal(full.mock.callCount(), 1);
  } finally {
    full.mock.restore();
  }
}
