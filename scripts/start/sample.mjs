import { readFileSync } from 'node:fs';
import { inRoot } from '../tools/root.mjs';

const FILE = 'samples/hello/words.py';
const BEFORE_CURSOR = 'for word in text';

/** Where the sample is left to be completed: its lines, and the place as people count, from 1. */
export function findSample() {
  const lines = readFileSync(inRoot(FILE), 'utf8').split('\n');
  const index = lines.findIndex((line) => line.endsWith(BEFORE_CURSOR));
  const cursor = `:${index + 1}:${lines[index].length + 1}`;
  return {
    folder: inRoot('samples/hello'),
    lines,
    index,
    place: FILE + cursor,
    absolutePlace: inRoot(FILE) + cursor,
  };
}
