interface ChatPageOptions {
  readonly scriptUri: string;
  readonly styleUri: string;
  /** Source of script and style in the content security policy. */
  readonly cspSource: string;
  readonly nonce: string;
  /** BCP 47, for screen readers and fonts. */
  readonly language: string;
}

/** The chat's HTML: an empty body that the script fills. Only that script and that style may load. */
export function chatPage({ scriptUri, styleUri, cspSource, nonce, language }: ChatPageOptions): string {
  const policy = `default-src 'none'; style-src ${cspSource}; script-src 'nonce-${nonce}'`;
  return `<!DOCTYPE html>
<html lang="${language}">
<head>
  <meta charset="utf-8">
  <meta http-equiv="Content-Security-Policy" content="${policy}">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>Youtu Code</title>
  <link rel="stylesheet" href="${styleUri}">
</head>
<body>
  <script type="module" nonce="${nonce}" src="${scriptUri}"></script>
</body>
</html>
`;
}
