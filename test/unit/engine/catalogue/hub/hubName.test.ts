import assert from 'node:assert/strict';
import { formatHubName, isHubName, parseHubName } from '../../../../../src/engine/catalogue/hub/hubName.js';

/** What is written, and the one way to write it. */
const GOOD: readonly (readonly [string, string])[] = [
  ['hf:Qwen/Qwen2.5-Coder-3B-Instruct-GGUF', 'hf:Qwen/Qwen2.5-Coder-3B-Instruct-GGUF'],
  [' hf:o/r:Q4_K_M ', 'hf:o/r:Q4_K_M'],
  ['HF:o/r:q4_0', 'hf:o/r:q4_0'],
  ['huggingface:o/r/a/b-00001-of-00002.gguf', 'hf:o/r/a/b-00001-of-00002.gguf'],
  ['hf:o/r@v1.0:Q8_0', 'hf:o/r@v1.0:Q8_0'],
  ['hf:o/r@0123abc/x.gguf', 'hf:o/r@0123abc/x.gguf'],
  ['ms:o/r', 'modelscope:o/r'],
  ['modelscope:o/r:UD-Q4_K_XL', 'modelscope:o/r:UD-Q4_K_XL'],
  ['https://huggingface.co/o/r', 'hf:o/r'],
  ['https://huggingface.co/o/r/blob/main/x.gguf', 'hf:o/r/x.gguf'],
  ['https://hf-mirror.com/o/r/resolve/main/d/x%20y.gguf?download=true', 'hf:o/r/d/x y.gguf'],
  ['https://huggingface.co/o/r/tree/v2', 'hf:o/r@v2'],
  ['https://www.modelscope.cn/models/o/r/resolve/master/x.gguf', 'modelscope:o/r/x.gguf'],
];

const BAD: readonly string[] = [
  ...['hf:', 'hf:o', 'hf:/r', 'hf:o/', 'hf:o/r:', 'hf:o/r@', 'hf:o/r/', 'hf:o/r/x.bin', 'hf:o/r:Q4/x.gguf'],
  ...['hf:../r', 'hf:o/..', 'hf:o/r/../x.gguf', 'hf:o/r/a/../../x.gguf', 'hf:o/r//x.gguf', 'hf:o/r/./x.gguf'],
  ...['hf:o/r/a\\..\\x.gguf', 'hf:o/r/nul.gguf', 'hf:o/r/COM1.gguf', 'hf:con/r', 'hf:o/r/a./x.gguf'],
  ...['hf:o/r/a\u0000.gguf', 'hf:o/r/a\n.gguf', 'hf:o/r/a:b.gguf', 'hf:o/r/a*.gguf', 'hf:o/r@../x'],
  ...['hf:o/r@a..b', 'hf:o wner/r', 'hf:o/r?x', 'hf:-o/r', 'hf:o/r:../x', `hf:o/${'r'.repeat(200)}`],
  ...['https://huggingface.co/o', 'https://www.modelscope.cn/o/r', `hf:o/r/${'a/'.repeat(200)}x.gguf`],
];

const OTHER: readonly string[] = [
  ...['qwen2.5-coder-0.5b', 'auto', '/models/x.gguf', './hf/x.gguf', 'C:\\models\\x.gguf', 'C:/m/x.gguf', ''],
  ...[
    'https://example.org/o/r/x.gguf',
    'hf',
    'hf/o/r',
    'hf://o/r',
    'constructor:o/r',
    'https://huggingface.co.evil.org/o/r',
  ],
];

describe('hub names', () => {
  for (const [written, expected] of GOOD)
    it(`read ${written}`, () => {
      const name = parseHubName(written);
      assert.ok(name !== undefined && isHubName(written));
      assert.equal(formatHubName(name), expected);
      assert.deepEqual(parseHubName(expected), name);
    });
  for (const written of BAD)
    it(`refuse ${JSON.stringify(written).slice(0, 60)}`, () => {
      assert.equal(parseHubName(written), undefined);
      assert.ok(isHubName(written));
    });
  for (const written of OTHER)
    it(`leave ${JSON.stringify(written)} to others`, () => {
      assert.equal(parseHubName(written), undefined);
      assert.equal(isHubName(written), false);
    });
});
