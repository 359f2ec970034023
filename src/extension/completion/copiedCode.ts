const MAX_LENGTH = 2000;

/** Keys, passwords and tokens with their names, as in key files and forms. */
const SECRET =
  /-----BEGIN|(?:password|passwd|passphrase|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|credentials?)\b\s*["']?\s*[:=]\s*["'`]?[^\s"'`()]{6,}/i;
/** A run of characters that is too long for a name: keys, hashes, encoded data. */
const RANDOM = /[A-Za-z0-9+/=_-]{32,}/g;

/** Lines that occur only in code. */
const CODE_LINE =
  /[;{}]\s*$|^\s*[)\]}]|=>|->|::|\w\(.*\)|^\s*(?:import|from|export|const|let|var|def|class|function|func|fn|return|if|for|while|else|elif|try|catch|except|with|switch|case|public|private|protected|static|struct|enum|interface|type|package|use|using|namespace|#include|SELECT|INSERT|UPDATE|CREATE)\b.*[\w)\]}:;,{('"`]$|^\s*[\w.[\]]+\s*(?:[-+*/|&]?=|:=)\s*\S|^\s*<\/?\w[^>]*>|^\s*(?:\/\/|\/\*|#|--)\s/;

/**
 * The text of a clipboard if it is code that a suggestion could use: at least two lines, most of which look like code,
 * not long, and without anything that could be a secret. A single line is never taken: it could be a password.
 */
export function copiedCode(text: string): string | undefined {
  if (text.length > MAX_LENGTH) return undefined;
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  if (lines.length < 2 || SECRET.test(text) || (text.match(RANDOM) ?? []).some(isRandom)) return undefined;
  const code = lines.filter((line) => CODE_LINE.test(line));
  return code.length >= lines.length / 2 ? text : undefined;
}

/** A long name consists of words; random characters change often between letters and digits. */
function isRandom(run: string): boolean {
  const changes = run.match(/[A-Za-z](?=[0-9])|[0-9](?=[A-Za-z])/g)?.length ?? 0;
  return changes >= 4;
}
