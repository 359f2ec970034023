export declare function writeChecksums(folder: string, names: readonly string[]): void;
export declare function verifyChecksums(folder: string): string[];
