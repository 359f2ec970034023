/** How lines begin that bring names of other files in. */
const IMPORT: Readonly<Record<string, RegExp>> = {
  python: /^(?:import|from)\s/,
  go: /^(?:import\b|\t"|\t\w+ ")/,
  rust: /^(?:pub )?(?:use|mod|extern crate)\s/,
  java: /^(?:import|package)\s/,
  kotlin: /^(?:import|package)\s/,
  c: /^#\s*include\b/,
  cpp: /^(?:#\s*include|using)\b/,
  csharp: /^using\s/,
  php: /^(?:use|require|include)/,
  ruby: /^require/,
  css: /^@import\b/,
  scss: /^@(?:import|use)\b/,
};
const SCRIPT_IMPORT = /^(?:import\b|export \{?.*\bfrom\b|(?:const|let|var) .*= require\()/;
/** A prompt has better use for the rest. */
const MAX_CHARACTERS = 600;

/** The import lines at a file's head, for a prompt whose window begins further down. */
export function importsAbove(head: string, languageId: string): string {
  const pattern = IMPORT[languageId] ?? SCRIPT_IMPORT;
  const lines = head.split('\n').filter((line) => pattern.test(line));
  let text = '';
  for (const line of lines) {
    if (text.length + line.length > MAX_CHARACTERS) break;
    text += `${line}\n`;
  }
  return text;
}
