import type { EngineErrorData } from '../../../protocol/errors.js';

/** What a file is that isn't a GGUF of this machine; without its path. */
export type ForeignFormat = WithoutPath<EngineErrorData & { kind: 'notGguf' | 'unsupportedGguf' }>;
type WithoutPath<T> = T extends unknown ? Omit<T, 'path'> : never;

/** How much of a file's beginning decides. */
export const FORMAT_BYTES = 1024;

type Found = NonNullable<(EngineErrorData & { kind: 'notGguf' })['found']>;

/**
 * What arrives under a model's name instead of it: by the first bytes, which browsers, Git and hubs never change. The
 * patterns are tried in this order on the bytes as Latin-1.
 */
const FORMATS: readonly (readonly [Found, RegExp])[] = [
  ['pointer', /^(?:version https?:\/\/\S*git-lfs|\/annex\/objects\/|\.\.\/\S*\.git\/annex\/objects\/)/],
  ['safetensors', /^[^]{3}[^]\0{4}\{\s*["}]/],
  ['webPage', /^(?:\xef\xbb\xbf)?\s*(?:<!--[^]*?-->\s*)?<(?:!doctype html|html|head|body|script)\b/i],
  ['message', /^(?:\xef\xbb\xbf)?\s*(?:[{[]\s*["{[\]}\d]|<\?xml|<Error>)/],
  ['pytorch', /^(?:PK\x03\x04[^]{26}[^\0]{0,200}data\.pkl|\x80[\x02-\x05])/],
  [
    'archive',
    /^(?:PK\x03\x04|PK\x05\x06|\x1f\x8b|\x28\xb5\x2f\xfd|\xfd7zXZ\0|BZh\d|7z\xbc\xaf\x27\x1c|Rar!)/,
  ],
  ['archive', /^[^]{257}ustar/],
  // The number's bytes, low ones first: "ggml", "ggmf", "ggjt", "ggla".
  ['ggml', /^(?:lmgg|fmgg|tjgg|algg|ggml|ggmf|ggjt|ggla)/],
  ['otherModel', /^(?:\x89HDF\r\n|[^]{4}TFL3|\x08[\x01-\x0c]\x12[\x03-\x1f](?:pytorch|tf2onnx|onnx))/],
  ['zeros', /^\0{64}/],
];

/**
 * @param bytes the file's first {@link FORMAT_BYTES}, or all of it
 * @returns `undefined` for a GGUF that can be read further, whole or not
 */
export function foreignFormat(bytes: Buffer): ForeignFormat | undefined {
  if (bytes.toString('latin1', 0, 4) !== 'GGUF') {
    const start = bytes.toString('latin1', 0, FORMAT_BYTES);
    const found = FORMATS.find(([, pattern]) => pattern.test(start))?.[0];
    return found === undefined ? { kind: 'notGguf' } : { kind: 'notGguf', found };
  }
  if (bytes.length < 8) return undefined;
  const version = bytes.readUInt32LE(4);
  // llama.cpp tells the other byte order in the same way.
  if (version !== 0 && version % 0x1_00_00 === 0)
    return { kind: 'unsupportedGguf', reason: 'bigEndian', version: bytes.readUInt32BE(4) };
  if (version === 1) return { kind: 'unsupportedGguf', reason: 'oldVersion', version };
  // A version far from today's is damage, about which the header's reader speaks.
  return version > 3 && version < 100
    ? { kind: 'unsupportedGguf', reason: 'newVersion', version }
    : undefined;
}
