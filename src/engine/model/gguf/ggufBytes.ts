/** Why a header can't be read. */
export class GgufProblem extends Error {
  constructor(
    readonly kind: 'damaged' | 'cutShort',
    readonly detail: string,
    /** For `cutShort`: bytes that the file must at least have. */
    readonly neededBytes = 0,
  ) {
    super(detail);
    this.name = 'GgufProblem';
  }
}

/** The header continues after the bytes read so far. */
export class MoreBytesNeeded extends Error {
  constructor(readonly bytes: number) {
    super('more bytes needed');
  }
}

/** A length beyond this is no length but damage: the largest vocabularies take some 20 MB. */
export const MAX_HEADER_SIZE = 128 * 1024 * 1024;

/** Reads a GGUF's little-endian values out of the file's first bytes, and never past them. */
export class GgufBytes {
  position = 0;

  constructor(
    private readonly bytes: Buffer,
    private readonly fileSize: number,
  ) {}

  u32(): number {
    const at = this.advance(4);
    return this.bytes.readUInt32LE(at);
  }

  /** @throws GgufProblem for a number that no count, length or offset can be */
  u64(): number {
    const at = this.advance(8);
    const value = this.bytes.readBigUInt64LE(at);
    if (value > Number.MAX_SAFE_INTEGER) throw new GgufProblem('damaged', `a length of ${value}`);
    return Number(value);
  }

  /**
   * A whole number of 1, 2, 4 or 8 bytes. One of 8 bytes loses digits beyond 2^53; no count or length is read with this.
   */
  integer(size: number, isSigned: boolean): number {
    const at = this.advance(size);
    if (size === 8) return Number(isSigned ? this.bytes.readBigInt64LE(at) : this.bytes.readBigUInt64LE(at));
    return isSigned ? this.bytes.readIntLE(at, size) : this.bytes.readUIntLE(at, size);
  }

  string(mostBytes = MAX_HEADER_SIZE): string {
    const length = this.u64();
    if (length > mostBytes) throw new GgufProblem('damaged', `a text of ${length} bytes`);
    const at = this.advance(length);
    return this.bytes.toString('utf8', at, at + length);
  }

  /** Passes over `count` values of `size` bytes. */
  skip(count: number, size: number): void {
    this.advance(count * size);
  }

  private advance(length: number): number {
    const start = this.position;
    const end = start + length;
    if (length > MAX_HEADER_SIZE || end > MAX_HEADER_SIZE)
      throw new GgufProblem('damaged', `a header of ${end} bytes or more`);
    if (end > this.fileSize) throw new GgufProblem('cutShort', 'ends inside its header', end);
    if (end > this.bytes.length) throw new MoreBytesNeeded(end);
    this.position = end;
    return start;
  }
}
