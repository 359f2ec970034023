const PARAMETER =
  /^\s*(?:[@\\]param(?:\[[\w, ]+\])?|:param|<param name=)\s*(?:\{[^}]*\}\s*)?["'$]?\[?(?:[\w<>[\]|\\]+\s+\$)?([\w$]+)/;
const RETURNS_NOTHING =
  /^\s*(?:@returns?|:returns?:)\s*(?:\{(?:void|undefined|None)\}|void|None|nothing)\.?\s*$/i;
/** Tags that only say again what the declaration says. */
const EMPTY_TAG = /^\s*@(?:class|function|func|method|name|memberof|constructor|interface|async)\b/;
const EXAMPLE = /^\s*(?:#+\s*|[@\\]|-\s+)?(?:example usage|examples?|usage|notes?|complexity)\b\s*:*\s*$/i;
const RETURNS = /^\s*(?:[@\\]returns?\b|:returns?:|<returns>)/;
const IS_VOID = /:\s*void\b|\bvoid\s+\w+\s*\(|->\s*(?:None|void|\(\))(?!\w)/;
const SECTION = /^\s*(?:#+\s|[@\\]\w|[A-Z]\w*:\s*$|-\s+[A-Z]\w*:)/;

/**
 * Leaves out what a small model makes up: parameters that the declaration doesn't have, what a function
 * returns that returns nothing, and examples, whose results it guesses.
 * @param head the declaration's text up to its body
 */
export function withoutInventions(lines: readonly string[], head: string): string[] {
  const names = new Set(head.match(/[\w$]+/g) ?? []);
  const isVoid = IS_VOID.test(head);
  let isExample = false;
  const kept = lines.filter((line) => {
    if (EXAMPLE.test(line)) isExample = true;
    else if (SECTION.test(line)) isExample = false;
    if (isExample || EMPTY_TAG.test(line) || RETURNS_NOTHING.test(line)) return false;
    if (isVoid && RETURNS.test(line)) return false;
    const parameter = PARAMETER.exec(line)?.[1];
    return parameter === undefined || names.has(parameter) || names.has(`$${parameter}`);
  });
  const last = kept.findLastIndex((line) => line.trim() !== '');
  return kept.slice(0, last + 1).filter((line, index) => line !== '' || kept[index - 1] !== '');
}
