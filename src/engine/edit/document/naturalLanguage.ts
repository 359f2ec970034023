/** The language that a document's comments and texts are in, as far as its writing tells. Without any: English. */
export function naturalLanguage(text: string): string {
  if (/[\u3040-\u30FF]/.test(text)) return 'Japanese';
  if (/[\uAC00-\uD7AF]/.test(text)) return 'Korean';
  if (/\p{Script=Han}/u.test(text)) return 'Chinese';
  return 'English';
}
