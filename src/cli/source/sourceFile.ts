import { readFile, realpath, stat } from 'node:fs/promises';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { InputError } from '../errors.js';
import { byteText } from '../terminal/format.js';
import { replaceFile } from './replaceFile.js';
import { decodeText, encodeText, MAX_TEXT_BYTES, type DecodedText } from './textEncoding.js';

/** A text file to complete or to rewrite. Its bytes are kept, to detect that another program has changed it. */
export class SourceFile {
  private constructor(
    /** The target of a symbolic link. */
    readonly path: string,
    private readonly bytes: Buffer,
    private readonly decoded: DecodedText,
  ) {}

  /** @throws InputError when it isn't text; the system's error when it can't be read */
  static async read(name: string): Promise<SourceFile> {
    const path = await realpath(name);
    const stats = await stat(path);
    // Pipes and devices may never end.
    if (!stats.isFile()) throw new InputError(`${name} is not a file. Pass the path of a text file.`);
    if (stats.size > MAX_TEXT_BYTES)
      throw new InputError(
        `${name} has ${byteText(stats.size)}. Files of more than ${byteText(MAX_TEXT_BYTES)} are not read: pass a smaller one.`,
      );
    const bytes = await readFile(path);
    return new SourceFile(path, bytes, decodeText(bytes, name));
  }

  /** Without the byte order mark. */
  get text(): string {
    return this.decoded.text;
  }

  /** Whether `patch` and `git apply` can change the file: to them UTF-16 is binary. */
  get isPatchable(): boolean {
    return this.decoded.charset === 'utf-8';
  }

  /** A text of this file as `patch` sees it: with the byte order mark, which is part of the first line. */
  asPatched(text: string): string {
    return encodeText(text, { charset: 'utf-8', hasMark: this.decoded.hasMark }).toString('utf8');
  }

  /** The file's bytes with another text. */
  bytesWith(text: string): Buffer {
    return encodeText(text, this.decoded);
  }

  /**
   * Replaces the text and keeps the encoding.
   * @throws InputError when the file has changed since it was read; the system's error when it can't be written
   */
  write(text: string): Promise<void> {
    return replaceFile(this.path, this.bytes, this.bytesWith(text));
  }
}

/**
 * Checks that a place exists, which editors would silently move into the text.
 * @param line from 0
 * @param character from 0, up to the end of the line; when left out, the place is the line
 * @throws InputError
 */
export function checkPlace(name: string, text: string, line: number, character = 0): void {
  const document = TextDocument.create('file:///place', '', 0, text);
  const { lineCount } = document;
  if (line >= lineCount)
    throw new InputError(`${name} has only ${lineCount} ${lineCount === 1 ? 'line' : 'lines'}.`);
  const start = document.offsetAt({ line, character: 0 });
  // Not beyond the line's end, as `offsetAt` counts it.
  const end = document.offsetAt({ line, character: Number.MAX_SAFE_INTEGER });
  if (start + character > end)
    throw new InputError(
      `Line ${line + 1} of ${name} ends at column ${end - start + 1}. Pass a column from 1 to ${end - start + 1}.`,
    );
}
