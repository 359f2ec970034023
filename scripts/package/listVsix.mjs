import { openPromise } from 'yauzl';

/** @returns the path, size and compressed size in bytes of each file in a VSIX */
export async function listVsix(file) {
  const zip = await openPromise(file);
  const files = [];
  for await (const { fileName, uncompressedSize, compressedSize } of zip.eachEntry())
    files.push({ path: fileName, bytes: uncompressedSize, packedBytes: compressedSize });
  return files;
}
