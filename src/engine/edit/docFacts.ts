const PARAMETER =
  /^\s*(?:[@\\]param(?:\[[\w, ]+\])?|:param|<param name=)\s*(?:\{[^}]*\}\s*)?["'$]?\[?(?:[\w<>[\]|\\]+\s+\$)?([\w$]+)/;
const NOTHING = /^\s*(?:@returns?|:returns?:)\s*(?:\{(?:void|undefined|None)\}|void|None|nothing)\.?\s*$/i;

/**
 * Leaves out what a small model makes up: parameters that the declaration doesn't have, and "@returns void".
 * @param head the declaration's text up to its body
 */
export function withoutInventions(lines: readonly string[], head: string): string[] {
  const names = new Set(head.match(/[\w$]+/g) ?? []);
  return lines.filter((line) => {
    const parameter = PARAMETER.exec(line)?.[1];
    if (parameter !== undefined) return names.has(parameter) || names.has(`$${parameter}`);
    return !NOTHING.test(line);
  });
}
