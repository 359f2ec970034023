const BRACED = new Set(
  'c cpp csharp java javascript javascriptreact typescript typescriptreact go rust php kotlin swift dart css scss less groovy scala objective-c objective-cpp cuda-cpp json jsonc'.split(
    ' ',
  ),
);

/** Languages whose blocks are in braces, so that no word opens or goes on with one by itself. */
export function hasBraces(languageId: string): boolean {
  return BRACED.has(languageId);
}
