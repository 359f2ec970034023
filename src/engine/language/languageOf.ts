/** LSP's language ids by a file's ending; the rest are called after their ending. */
const LANGUAGES: Readonly<Record<string, string>> = {
  '.py': 'python',
  '.ts': 'typescript',
  '.tsx': 'typescriptreact',
  '.js': 'javascript',
  '.mjs': 'javascript',
  '.cjs': 'javascript',
  '.jsx': 'javascriptreact',
  '.go': 'go',
  '.rs': 'rust',
  '.java': 'java',
  '.kt': 'kotlin',
  '.c': 'c',
  '.h': 'c',
  '.cpp': 'cpp',
  '.cc': 'cpp',
  '.hpp': 'cpp',
  '.cs': 'csharp',
  '.rb': 'ruby',
  '.php': 'php',
  '.sh': 'shellscript',
  '.md': 'markdown',
  '.yml': 'yaml',
  '.yaml': 'yaml',
  '.txt': 'plaintext',
};

export function languageOf(ending: string): string {
  return LANGUAGES[ending.toLowerCase()] ?? (ending.slice(1) || 'plaintext');
}
