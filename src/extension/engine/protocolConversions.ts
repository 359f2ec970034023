import * as vscode from 'vscode';
import type { Range } from 'vscode-languageserver-protocol';

/** VS Code's ranges serialise as pairs; the protocol wants `start` and `end`. */
export function toProtocolRange({ start, end }: vscode.Range): Range {
  return {
    start: { line: start.line, character: start.character },
    end: { line: end.line, character: end.character },
  };
}

export function fromProtocolRange({ start, end }: Range): vscode.Range {
  return new vscode.Range(start.line, start.character, end.line, end.character);
}
