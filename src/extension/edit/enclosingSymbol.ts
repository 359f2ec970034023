import * as vscode from 'vscode';
import type { EditIntent } from '../../protocol/edit.js';
import { inTime } from './inTime.js';
import { chooseSymbol, type SymbolNode } from './symbolChoice.js';

/** A language server that starts up may take long; the engine has means of its own. */
const MAX_WAIT_MS = 1000;

/** The range of the symbol that an edit at this place is about, if a language server knows one in time. */
export async function enclosingSymbol(
  document: vscode.TextDocument,
  place: vscode.Range,
  intent: EditIntent,
): Promise<vscode.Range | undefined> {
  const symbols = await inTime(
    vscode.commands.executeCommand<(vscode.DocumentSymbol | vscode.SymbolInformation)[] | undefined>(
      'vscode.executeDocumentSymbolProvider',
      document.uri,
    ),
    MAX_WAIT_MS,
  );
  return chooseSymbol((symbols ?? []).map(toNode), intent === 'document' ? 'document' : 'fix', (range) =>
    range.contains(place),
  );
}

function toNode(symbol: vscode.DocumentSymbol | vscode.SymbolInformation): SymbolNode<vscode.Range> {
  const { kind } = symbol;
  return 'range' in symbol
    ? { kind, range: symbol.range, children: symbol.children.map(toNode) }
    : { kind, range: symbol.location.range, children: [] };
}
