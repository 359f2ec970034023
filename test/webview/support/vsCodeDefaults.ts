/** The rules of VS Code's style sheet for webviews that affect the page. */
export const VSCODE_DEFAULTS = `@layer vscode-default {
  body { background-color: transparent; color: var(--vscode-editor-foreground); margin: 0; padding: 0 20px; }
  a, a code { color: var(--vscode-textLink-foreground); }
  a:focus, textarea:focus { outline: 1px solid -webkit-focus-ring-color; outline-offset: -1px; }
  code { color: var(--vscode-textPreformat-foreground); background: var(--vscode-textPreformat-background);
    padding: 1px 3px; border-radius: 4px; }
  blockquote { background: var(--vscode-textBlockQuote-background); }
  ::-webkit-scrollbar { width: 10px; height: 10px; }
  ::-webkit-scrollbar-thumb { background-color: var(--vscode-scrollbarSlider-background); }
}`;
