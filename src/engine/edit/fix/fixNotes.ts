import { languageOf } from '../../language/languageOf.js';
import { isBlank } from '../../language/lines.js';
import { codePart } from './candidates/codePart.js';

/** What models write next to a change, to say what they have done. */
const NOTE =
  /^\W*(?:(?:this (?:line )?(?:is |was )?)?(?:corrected|fixed|changed|added|removed|updated|replaced|missing|fix|correction|note)\b|(?:已)?(?:修正|修复|更正|添加|更改|修改))/i;

/**
 * New lines without the comments that only tell what was changed. Comments that the old lines have stay.
 * @param old the lines that they replace
 */
export function withoutFixNotes(
  lines: readonly string[],
  old: readonly string[],
  languageId: string,
): readonly string[] {
  const language = languageOf(languageId);
  if (language.isProse || language.lineComment === '') return lines;
  const known = new Set(old.map((line) => line.trim()));
  return lines.flatMap((line) => {
    if (known.has(line.trim())) return [line];
    const { code, rest } = codePart(line, language);
    const comment = rest.trim().slice(language.lineComment.length).trim();
    if (rest.trim() === '' || !NOTE.test(comment)) return [line];
    if (old.some((each) => each.includes(rest.trim()))) return [line];
    return isBlank(code) ? [] : [code];
  });
}
