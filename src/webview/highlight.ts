import hljs from 'highlight.js/lib/core';
import bash from 'highlight.js/lib/languages/bash';
import c from 'highlight.js/lib/languages/c';
import cpp from 'highlight.js/lib/languages/cpp';
import csharp from 'highlight.js/lib/languages/csharp';
import css from 'highlight.js/lib/languages/css';
import diff from 'highlight.js/lib/languages/diff';
import go from 'highlight.js/lib/languages/go';
import java from 'highlight.js/lib/languages/java';
import javascript from 'highlight.js/lib/languages/javascript';
import json from 'highlight.js/lib/languages/json';
import kotlin from 'highlight.js/lib/languages/kotlin';
import php from 'highlight.js/lib/languages/php';
import python from 'highlight.js/lib/languages/python';
import ruby from 'highlight.js/lib/languages/ruby';
import rust from 'highlight.js/lib/languages/rust';
import sql from 'highlight.js/lib/languages/sql';
import typescript from 'highlight.js/lib/languages/typescript';
import xml from 'highlight.js/lib/languages/xml';
import yaml from 'highlight.js/lib/languages/yaml';

const LANGUAGES = {
  bash,
  c,
  cpp,
  csharp,
  css,
  diff,
  go,
  java,
  javascript,
  json,
  kotlin,
  php,
  python,
  ruby,
  rust,
  sql,
  typescript,
  xml,
  yaml,
};
for (const [name, language] of Object.entries(LANGUAGES)) hljs.registerLanguage(name, language);
hljs.registerAliases(['shellscript', 'sh', 'zsh', 'shell', 'console'], { languageName: 'bash' });
hljs.registerAliases(['javascriptreact', 'jsx'], { languageName: 'javascript' });
hljs.registerAliases(['typescriptreact', 'tsx'], { languageName: 'typescript' });
hljs.registerAliases(['html', 'vue', 'svelte'], { languageName: 'xml' });

/** Characters. Longer code isn't highlighted: it would block the page for longer than a frame. */
const MAX_LENGTH = 50_000;
/** Characters without a sign of code between them, such as encoded data. Highlighting them takes the square of the length. */
const MAX_PLAIN_LENGTH = 500;
const PLAIN = /[\p{L}\p{M}\p{N}_$\s"']+/gu;

/** Highlights an element's code if its language is known. */
export function highlight(code: HTMLElement, language: string): void {
  const text = code.textContent;
  if (hljs.getLanguage(language) === undefined || text.length > MAX_LENGTH || hasLongRun(text)) return;
  // highlight.js escapes the code and adds nothing but spans with classes of its own.
  code.innerHTML = hljs.highlight(text, { language, ignoreIllegals: true }).value;
}

function hasLongRun(text: string): boolean {
  return (text.match(PLAIN) ?? []).some((run) => run.length > MAX_PLAIN_LENGTH);
}
