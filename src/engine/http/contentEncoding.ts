import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate } from 'node:zlib';
import { ApiError, invalidRequest } from './apiError.js';

type Decompress = (bytes: ArrayBuffer, options: { readonly maxOutputLength: number }) => Promise<Buffer>;

const DECOMPRESS: Readonly<Record<string, Decompress>> = {
  gzip: promisify(gunzip),
  'x-gzip': promisify(gunzip),
  deflate: promisify(inflate),
  br: promisify(brotliDecompress),
};

/**
 * A request's body as it was before it was compressed.
 * @param encodings the header `Content-Encoding`
 * @param maxBytes of the body when it is decompressed
 * @throws ApiError 400, 413, 415
 */
export async function decompressed(
  bytes: ArrayBuffer,
  encodings: string | undefined,
  maxBytes: number,
): Promise<ArrayBuffer | Uint8Array> {
  const names = (encodings ?? '').split(',').map((name) => name.trim().toLowerCase());
  const [name, ...others] = names.filter((each) => each !== '' && each !== 'identity');
  if (name === undefined) return bytes;
  const decompress = others.length === 0 ? DECOMPRESS[name] : undefined;
  if (decompress === undefined)
    throw new ApiError(
      415,
      'invalid_request_error',
      'unsupported_content_encoding',
      `The Content-Encoding "${encodings}" is not supported. Send the body as it is, or with gzip, deflate or br.`,
    );
  try {
    return await decompress(bytes, { maxOutputLength: maxBytes });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE')
      throw new ApiError(
        413,
        'invalid_request_error',
        'body_too_large',
        `The decompressed body is larger than ${Math.round(maxBytes / 1024)} KiB.`,
      );
    throw invalidRequest(`The body is not valid ${name}, as its Content-Encoding says.`);
  }
}
