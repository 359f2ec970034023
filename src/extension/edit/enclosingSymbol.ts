import * as vscode from 'vscode';

/** A language server that starts up may take long; the engine has means of its own. */
const LONGEST_WAIT_MS = 1000;

const KINDS = new Set([
  vscode.SymbolKind.Function,
  vscode.SymbolKind.Method,
  vscode.SymbolKind.Constructor,
  vscode.SymbolKind.Class,
  vscode.SymbolKind.Interface,
  vscode.SymbolKind.Enum,
  vscode.SymbolKind.Struct,
  vscode.SymbolKind.Property,
  vscode.SymbolKind.Field,
  vscode.SymbolKind.Variable,
  vscode.SymbolKind.Constant,
  vscode.SymbolKind.Module,
  vscode.SymbolKind.Namespace,
]);

/** The innermost symbol around a range, if a language server knows one. */
export async function enclosingSymbol(
  document: vscode.TextDocument,
  range: vscode.Range,
): Promise<vscode.Range | undefined> {
  const asked = vscode.commands.executeCommand<
    (vscode.DocumentSymbol | vscode.SymbolInformation)[] | undefined
  >('vscode.executeDocumentSymbolProvider', document.uri);
  const waited = new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), LONGEST_WAIT_MS));
  const symbols = await Promise.race([asked, waited]);
  return symbols === undefined ? undefined : innermost(symbols, range);
}

function innermost(
  symbols: readonly (vscode.DocumentSymbol | vscode.SymbolInformation)[],
  range: vscode.Range,
): vscode.Range | undefined {
  for (const symbol of symbols) {
    const own = 'range' in symbol ? symbol.range : symbol.location.range;
    if (!own.contains(range)) continue;
    const inner = 'children' in symbol ? innermost(symbol.children, range) : undefined;
    if (inner !== undefined) return inner;
    if (KINDS.has(symbol.kind)) return own;
  }
  return undefined;
}
