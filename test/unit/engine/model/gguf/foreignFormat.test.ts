import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { errorText } from '../../../../../src/cli/errors.js';
import { checkGguf } from '../../../../../src/engine/model/gguf/ggufCheck.js';
import { EngineError, EngineErrorCode } from '../../../../../src/protocol/errors.js';
import { failure } from '../../catalogue/support/downloads.js';
import { temporaryFolder } from '../../catalogue/support/temporaryFolder.js';

const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1');
const tar = Buffer.alloc(512);
tar.write('model.gguf');
tar.write('ustar', 257);
const gguf = (...version: number[]): Buffer =>
  Buffer.concat([Buffer.from('GGUF'), Buffer.from(version), Buffer.alloc(40)]);

/** What arrives under a model's name, and what the sentence must say of it. */
const FILES: Readonly<Record<string, readonly [bytes: Buffer, says: RegExp]>> = {
  'a Git LFS pointer': [
    latin1(`version https://git-lfs.github.com/spec/v1\noid sha256:${'ab'.repeat(32)}\nsize 9\n`),
    /pointer.*git lfs pull/,
  ],
  'a git-annex pointer': [latin1('/annex/objects/SHA256E-s9--ab.gguf\n'), /pointer/],
  'a web page': [latin1('<!DOCTYPE html>\n<html><head><title>Sign in</title>'), /web page/],
  'a web page with a byte order mark and a comment': [latin1('\xef\xbb\xbf\n<!-- x -->\n<HTML>'), /web page/],
  'a server’s message in JSON': [latin1('{"error":"Access to this model is restricted."}'), /message.*JSON/],
  'a server’s message in XML': [latin1('<?xml version="1.0"?><Error><Code>AccessDenied'), /message/],
  'a zip': [latin1('PK\x03\x04\x14\0\0\0\0\0'), /archive/],
  'a gzip': [gzipSync('GGUF'), /archive/],
  'a zstd file': [latin1('\x28\xb5\x2f\xfd\x04\x00'), /archive/],
  'a tar': [tar, /archive/],
  'a 7z': [latin1('7z\xbc\xaf\x27\x1c\0\x04'), /archive/],
  safetensors: [latin1('\x20\0\0\0\0\0\0\0{"__metadata__":{"format":"pt"}}'), /safetensors/],
  'a PyTorch model': [latin1(`PK\x03\x04${'\0'.repeat(26)}archive/data.pkl`), /PyTorch/],
  'a pickle': [latin1('\x80\x02}q\x00X'), /PyTorch/],
  'a GGML file': [latin1('tjgg\x03\0\0\0'), /older GGML/],
  'an HDF5 model': [latin1('\x89HDF\r\n\x1a\n'), /another format/],
  'reserved disk space': [Buffer.alloc(4096), /zeros.*again/],
  'an empty file': [Buffer.alloc(0), /is empty/],
  'a text': [latin1('Entry not found'), /not a GGUF/],
  'a big-endian GGUF': [gguf(0, 0, 0, 3), /byte order.*version 3/],
  'version 1': [gguf(1, 0, 0, 0), /old version.*version 1/],
  'a newer version': [gguf(4, 0, 0, 0), /newer version.*version 4/],
};

describe('a file that is no GGUF of this machine', () => {
  const folder = temporaryFolder();

  for (const [name, [bytes, says]] of Object.entries(FILES))
    it(`is named in the message: ${name}`, async () => {
      const path = join(folder(), 'model.gguf');
      await writeFile(path, bytes);
      const data = await failure(checkGguf(path));
      const text = errorText(new EngineError(EngineErrorCode.modelUnusable, data));
      assert.match(text, says);
      assert.ok(text.startsWith(path));
      assert.doesNotMatch(text, /damaged/);
      assert.match(text, /[.!]$/);
    });

  it('is damaged when only its version is nonsense', async () => {
    for (const version of [gguf(0, 0, 0, 0), gguf(0x39, 0x30, 1, 7)]) {
      const path = join(folder(), 'model.gguf');
      await writeFile(path, version);
      assert.equal((await failure(checkGguf(path))).kind, 'damaged');
    }
  });
});
