import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { pipedText } from '../../../../src/cli/chat/question.js';
import { readToEnd } from '../../../../src/cli/terminal/standardInput.js';
import { FakeTerminal, type FakeTerminalOptions } from '../support/fakeTerminal.js';

const { signal } = new AbortController();
const TIMES = { noteMs: 5, firstByteMs: 30 };

async function piped(
  options: FakeTerminalOptions,
  { isOptional = true, stdin }: { isOptional?: boolean; stdin?: boolean } = {},
): Promise<{ text: string | undefined; notes: string }> {
  const terminal = new FakeTerminal(false, [], options);
  const text = await pipedText(terminal, signal, { isOptional, stdin }, TIMES);
  return { text, notes: terminal.notes };
}

describe('piped text', () => {
  const read = async (pipe?: string | Uint8Array): Promise<string | undefined> =>
    (await piped(pipe === undefined ? {} : { pipe })).text;

  it('is decoded as UTF-8 without a BOM', async () => {
    assert.equal(await read('\ufeff你好'), '你好');
    assert.equal(await read(''), '');
    assert.equal(await read(), undefined);
  });

  it('is decoded as UTF-16, as PowerShell pipes it', async () => {
    const text = '变量 = 1\r\n';
    const little = Buffer.from(`\ufeff${text}`, 'utf16le');
    assert.equal(await read(little), text);
    assert.equal(await read(Buffer.from(little).swap16()), text);
    assert.equal(await read(Buffer.from('Get-Item .\r\n', 'utf16le')), 'Get-Item .\r\n');
  });

  it('is rejected with a message when it isn’t in one of these encodings', async () => {
    for (const bytes of [Buffer.from('gr\xfc\xdfe', 'latin1'), Buffer.from([0xc4, 0xe3, 0xba, 0xc3])])
      await assert.rejects(read(bytes), /^InputError: The piped input is not UTF-8 text.*iconv/);
    for (const bytes of [Uint8Array.of(0xff, 0xfe, 0x41), Buffer.from('\x7fELF\0\0\x01')])
      await assert.rejects(read(bytes), /not UTF-8 text: it holds zero bytes|iconv/);
  });

  it('is rejected when it is far too long', async () => {
    await assert.rejects(read(new Uint8Array(17 * 1024 * 1024)), /More than 16 MB/);
  });

  it('is not waited for where there is a question and the pipe stays silent, and a note says so', async () => {
    const { text, notes } = await piped({ isSilent: true });
    assert.equal(text, undefined);
    assert.match(notes, /^Reading standard input.*--no-stdin or < \/dev\/null\.\nNothing came.*--stdin\.\n$/);
  });

  it('is waited for without a question, or with --stdin', async () => {
    assert.equal((await piped({ pipe: 'late' }, { isOptional: false })).text, 'late');
    const waiting = new FakeTerminal(false, [], { isSilent: true });
    let wanted: number | undefined = 0;
    waiting.readPipe = ({ firstByteMs }) => {
      wanted = firstByteMs;
      return Promise.resolve(Buffer.from('late'));
    };
    assert.equal(await pipedText(waiting, signal, { isOptional: true, stdin: true }, TIMES), 'late');
    assert.equal(wanted, undefined);
  });

  it('is not read with --no-stdin', async () => {
    assert.deepEqual(await piped({ pipe: 'a list' }, { stdin: false }), { text: undefined, notes: '' });
  });

  it('is not taken from a file that a shell loop reads, unless --stdin asks for it', async () => {
    const list = { pipe: 'second\n', isShared: true };
    const { text, notes } = await piped(list);
    assert.equal(text, undefined);
    assert.match(notes, /not used: another command.*add --stdin/);
    assert.equal((await piped(list, { stdin: true })).text, 'second\n');
    assert.equal((await piped(list, { isOptional: false })).text, 'second\n');
  });
});

describe('reading standard input', () => {
  const limitBytes = 1000;

  it('gives up when no byte has come in time', async () => {
    const input = new PassThrough();
    assert.equal(await readToEnd(input, { limitBytes, signal, firstByteMs: 20 }), undefined);
    assert.ok(input.destroyed);
  });

  it('waits for the end once something has come', async () => {
    const input = new PassThrough();
    input.write('a');
    setTimeout(() => input.end('b'), 60);
    assert.equal((await readToEnd(input, { limitBytes, signal, firstByteMs: 20 }))?.toString(), 'ab');
  });

  it('takes an end without a byte as an empty text', async () => {
    assert.equal(
      (await readToEnd(new PassThrough().end(), { limitBytes, signal, firstByteMs: 20 }))?.length,
      0,
    );
  });

  it('stops above the limit, and when it is aborted', async () => {
    const input = new PassThrough();
    input.write(Buffer.alloc(2000));
    assert.equal((await readToEnd(input, { limitBytes, signal }))?.length, 2000);
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 10);
    await assert.rejects(readToEnd(new PassThrough(), { limitBytes, signal: controller.signal }), /abort/i);
  });
});
