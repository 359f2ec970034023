const PARTS = /^\s*([\p{L}\p{N}_$.-]+)(.*)$/u;

/** Whether a line is the one before it with a longer name: `sizeMax: number;` after `size: number;`. */
export function isExtendedName(line: string, before: string): boolean {
  const [found, shorter] = [PARTS.exec(line), PARTS.exec(before)];
  if (found === null || shorter === null) return false;
  const [[, name = '', rest], [, nameBefore = '', restBefore]] = [found, shorter];
  return name.length > nameBefore.length && name.startsWith(nameBefore) && rest === restBefore;
}
