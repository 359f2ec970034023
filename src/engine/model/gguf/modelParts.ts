import { basename } from 'node:path';

/** How llama.cpp names the files of a split model: `NAME-00001-of-00003.gguf`. */
const PART = /^([^]*)-(\d{5})-of-(\d{5})\.gguf$/i;

/** More files than any model is split into. */
export const MAX_PARTS = 1000;

/** Whether a file has the name of a part after the first one. */
export function isLaterPart(path: string): boolean {
  return Number(PART.exec(path)?.[2] ?? 1) > 1;
}

/** What all parts' names begin with, in their folder; `undefined` for a file that isn't named as a part. */
export function partsBase(path: string): string | undefined {
  return PART.exec(basename(path))?.[1];
}

/** The path of a part. @param number from 1 */
export function partPath(base: string, number: number, count: number): string {
  return `${base}-${fiveDigits(number)}-of-${fiveDigits(count)}.gguf`;
}

/**
 * Paths of all files of a model, by the name of its first one.
 * @returns only `path` for a file that isn't named as a first part
 */
export function partPaths(path: string): readonly string[] {
  const [, base, number, total] = PART.exec(path) ?? [];
  const count = Number(total);
  if (base === undefined || Number(number) !== 1 || count < 2 || count > MAX_PARTS) return [path];
  const later = Array.from({ length: count - 1 }, (_, index) => partPath(base, index + 2, count));
  return [path, ...later];
}

/** The path of the part that a person has to name instead of a later one. */
export function firstPartPath(path: string): string | undefined {
  const [, base, , total] = PART.exec(path) ?? [];
  return base === undefined ? undefined : partPath(base, 1, Number(total));
}

function fiveDigits(number: number): string {
  return String(number).padStart(5, '0');
}
