import assert from 'node:assert/strict';
import { choicesOf, fitting, pathOf, quantOf } from '../../../../../src/engine/catalogue/hub/hubFiles.js';

const choose = (paths: readonly string[], wish: { quant?: string; file?: string } = {}): readonly string[] =>
  fitting(choicesOf(paths.map((path) => ({ path, sizeBytes: 10 }))), wish).map(pathOf);

describe('choice of a hub’s file', () => {
  it('reads quantizations from names and folders', () => {
    const names: readonly (readonly [string, string])[] = [
      ['qwen2.5-coder-3b-instruct-q4_k_m.gguf', 'Q4_K_M'],
      ['SmolLM2-135M-Instruct.Q4_1.gguf', 'Q4_1'],
      ['Youtu-LLM-2B-Q8_0.gguf', 'Q8_0'],
      ['M.i1-IQ4_XS.gguf', 'IQ4_XS'],
      ['M-UD-Q4_K_XL.gguf', 'UD-Q4_K_XL'],
      ['M-BF16-00001-of-00002.gguf', 'BF16'],
      ['Q5_K_M/model.gguf', 'Q5_K_M'],
      ['gpt-oss-20b-mxfp4.gguf', 'MXFP4'],
      ['Qwen3-8B.gguf', ''],
    ];
    for (const [path, quant] of names) assert.equal(quantOf(path), quant, path);
  });

  it('takes the best for the product without a wish, and never what isn’t a model', () => {
    const files = [
      'm-Q8_0.gguf',
      'm-Q4_0.gguf',
      'm-q4_k_m.gguf',
      'mmproj-m-Q4_K_M.gguf',
      'm.imatrix.gguf',
      'README.md',
    ];
    assert.deepEqual(choose(files), ['m-q4_k_m.gguf']);
    assert.deepEqual(choose(files.filter((file) => !file.includes('q4_k_m'))), ['m-Q4_0.gguf']);
    assert.deepEqual(choose(['mmproj-m-f16.gguf', 'ggml-vocab-m.gguf']), []);
    assert.deepEqual(choose(['only.gguf']), ['only.gguf']);
  });

  it('takes a quantization in any case, and a dynamic one for its short name', () => {
    const files = ['m-Q4_K_M.gguf', 'm-UD-Q4_K_XL.gguf', 'm-Q5_K_M.gguf'];
    assert.deepEqual(choose(files, { quant: 'q5_k_m' }), ['m-Q5_K_M.gguf']);
    assert.deepEqual(choose(files, { quant: 'Q4_K_XL' }), ['m-UD-Q4_K_XL.gguf']);
    assert.deepEqual(choose(files, { quant: 'Q4' }), []);
  });

  it('gives all that fit equally', () => {
    assert.deepEqual(choose(['a-Q4_K_M.gguf', 'b-Q4_K_M.gguf']), ['a-Q4_K_M.gguf', 'b-Q4_K_M.gguf']);
    assert.deepEqual(choose(['x.gguf', 'y.gguf']), ['x.gguf', 'y.gguf']);
  });

  it('counts the parts of a split model as one, named by any part, only when all are there', () => {
    const parts = ['d/m-Q4_K_M-00001-of-00002.gguf', 'd/m-Q4_K_M-00002-of-00002.gguf'];
    assert.deepEqual(choose(parts), [parts[0]]);
    assert.deepEqual(choose(parts, { file: parts[1] ?? '' }), [parts[0]]);
    assert.equal(choicesOf(parts.map((path) => ({ path, sizeBytes: 10 })))[0]?.sizeBytes, 20);
    assert.deepEqual(choose(parts.slice(0, 1)), []);
  });

  it('leaves out paths that lead out of the folder', () => {
    assert.deepEqual(choose(['../m.gguf', 'a/../../m.gguf', 'nul.gguf', 'a\\m.gguf']), []);
  });
});
