import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../tools/command.mjs';

/** The format of sha256sum: `sha256sum --check SHA256SUMS` verifies it. */
const CHECKSUM_FILE = 'SHA256SUMS';
const LINE = /^([0-9a-f]{64}) [ *](\S+)$/;

/**
 * Writes SHA256SUMS.
 * @param {string} folder
 * @param {readonly string[]} names of files in the folder
 */
export function writeChecksums(folder, names) {
  const lines = [...names].sort().map((name) => `${sha256(join(folder, name))}  ${name}\n`);
  writeFileSync(join(folder, CHECKSUM_FILE), lines.join(''));
}

/**
 * Compares the files of a folder with its SHA256SUMS.
 * @returns the paths of the listed files
 * @throws {Failure} if a file is missing or differs, or if the list is missing, empty or damaged
 */
export function verifyChecksums(folder) {
  const list = join(folder, CHECKSUM_FILE);
  if (!existsSync(list)) throw new Failure(`There is no ${CHECKSUM_FILE} in ${folder}.`);
  const lines = readFileSync(list, 'utf8').split('\n').filter(Boolean);
  if (lines.length === 0) throw new Failure(`${list} is empty.`);
  return lines.map((line) => {
    const [, expected, name] = LINE.exec(line) ?? [];
    if (name === undefined) throw new Failure(`${list} has a line that is not a checksum: ${line}`);
    const file = join(folder, name);
    if (!existsSync(file)) throw new Failure(`${name} is in ${CHECKSUM_FILE} but not in ${folder}.`);
    if (sha256(file) !== expected) throw new Failure(`${name} differs from its checksum.`);
    return file;
  });
}

const sha256 = (file) => createHash('sha256').update(readFileSync(file)).digest('hex');
