import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate } from 'node:zlib';
import { ApiError, invalidRequest } from './apiError.js';

type Decompress = (bytes: Buffer, options: { readonly maxOutputLength: number }) => Promise<Buffer>;

const DECOMPRESS: Readonly<Record<string, Decompress>> = {
  gzip: promisify(gunzip),
  'x-gzip': promisify(gunzip),
  deflate: promisify(inflate),
  br: promisify(brotliDecompress),
};

/**
 * @returns the body as it was before it was compressed; `undefined` where that is longer than `maxBytes`
 * @throws ApiError 400
 */
export type Decode = (bytes: Buffer, maxBytes: number) => Promise<Buffer | undefined>;

/**
 * @param encodings the header `Content-Encoding`
 * @returns `undefined` for a body that isn't compressed
 * @throws ApiError 415
 */
export function decoderFor(encodings: string | undefined): Decode | undefined {
  const names = (encodings ?? '').split(',').map((name) => name.trim().toLowerCase());
  const [name, ...others] = names.filter((each) => each !== '' && each !== 'identity');
  if (name === undefined) return undefined;
  const decompress = others.length === 0 ? DECOMPRESS[name] : undefined;
  if (decompress === undefined)
    throw new ApiError(
      415,
      'invalid_request_error',
      'unsupported_content_encoding',
      `The Content-Encoding "${encodings}" is not supported. Send the body as it is, or with gzip, deflate or br.`,
    );
  return async (bytes, maxBytes) => {
    try {
      return await decompress(bytes, { maxOutputLength: maxBytes });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') return undefined;
      throw invalidRequest(`The body is not valid ${name}, as its Content-Encoding says.`);
    }
  };
}
