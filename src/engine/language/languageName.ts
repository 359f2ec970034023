/** Language ids whose name isn't the id with a capital. */
const NAMES: Readonly<Record<string, string>> = {
  bat: 'batch',
  c: 'C',
  cpp: 'C++',
  csharp: 'C#',
  css: 'CSS',
  'cuda-cpp': 'CUDA C++',
  dockerfile: 'Dockerfile',
  fsharp: 'F#',
  html: 'HTML',
  javascript: 'JavaScript',
  javascriptreact: 'JavaScript (JSX)',
  json: 'JSON',
  jsonc: 'JSON',
  latex: 'LaTeX',
  'objective-c': 'Objective-C',
  'objective-cpp': 'Objective-C++',
  php: 'PHP',
  powershell: 'PowerShell',
  r: 'R',
  scss: 'SCSS',
  shellscript: 'shell',
  sql: 'SQL',
  toml: 'TOML',
  typescript: 'TypeScript',
  typescriptreact: 'TypeScript (TSX)',
  vb: 'Visual Basic',
  xml: 'XML',
  yaml: 'YAML',
};

/** Language ids that Markdown fences call otherwise. */
const FENCES: Readonly<Record<string, string>> = {
  javascriptreact: 'jsx',
  plaintext: '',
  shellscript: 'sh',
  typescriptreact: 'tsx',
};

/** How a sentence for the model names the language. */
export function languageName(id: string): string {
  return NAMES[id] ?? id.charAt(0).toUpperCase() + id.slice(1);
}

/** What stands behind the opening fence of a code block. */
export function fenceName(id: string): string {
  return FENCES[id] ?? id;
}
