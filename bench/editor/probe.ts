// Runs in the extension host during the benchmark: opens files and returns the state of the document, so that the typist
// notices automatic brackets and indentation. The port and a secret path are written to the file named by YOUTU_PROBE.
import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as vscode from 'vscode';
import type { YoutuApi } from '../../src/extension/extension.js';

interface ProbeRequest {
  readonly action: 'open' | 'state' | 'repair' | 'report' | 'status' | 'end';
  readonly path?: string;
  readonly before?: string;
}

export async function run(): Promise<void> {
  let end: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => (end = resolve));
  const path = `/${randomUUID()}`; // other programs and web pages can't guess it
  const server = createServer((incoming, response) => {
    if (incoming.url !== path) {
      response.writeHead(404).end();
      return;
    }
    void (async () => {
      let body = '';
      for await (const chunk of incoming) body += String(chunk);
      const answer = await perform(JSON.parse(body) as ProbeRequest, end).then(
        (result) => ({ result: result ?? null }),
        (error: unknown) => ({ error: String(error) }),
      );
      response.setHeader('content-type', 'application/json').end(JSON.stringify(answer));
    })();
  });
  server.listen(0, '127.0.0.1', () => {
    writeFileSync(process.env['YOUTU_PROBE'] ?? '', `${(server.address() as AddressInfo).port}${path}`);
  });
  await ended;
  server.close();
}

async function perform(request: ProbeRequest, end: () => void): Promise<unknown> {
  switch (request.action) {
    case 'open': {
      const document = await vscode.workspace.openTextDocument(request.path ?? '');
      const editor = await vscode.window.showTextDocument(document, { preview: false });
      const last = document.lineAt(document.lineCount - 1).range.end;
      editor.selection = new vscode.Selection(last, last);
      return undefined;
    }
    case 'state':
      return stateOf(activeEditor());
    case 'repair':
      return repair(activeEditor(), request.before ?? '');
    case 'report':
      return (await api()).report();
    case 'status':
      return (await api()).state;
    case 'end':
      end();
      return undefined;
  }
}

async function api(): Promise<YoutuApi> {
  const extension = vscode.extensions.getExtension<YoutuApi>('youtu-code.youtu-code');
  if (extension === undefined) throw new Error('the extension is not installed');
  return extension.activate();
}

function activeEditor(): vscode.TextEditor {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) throw new Error('no editor is open');
  return editor;
}

function stateOf({ document, selection }: vscode.TextEditor): {
  before: string;
  after: string;
  column: number;
} {
  const text = document.getText();
  const offset = document.offsetAt(selection.active);
  return { before: text.slice(0, offset), after: text.slice(offset), column: selection.active.character };
}

/** Replaces the text before the cursor. */
async function repair(editor: vscode.TextEditor, before: string): Promise<void> {
  const range = new vscode.Range(new vscode.Position(0, 0), editor.selection.active);
  await editor.edit((edit) => edit.replace(range, before));
  const position = editor.document.positionAt(before.length);
  editor.selection = new vscode.Selection(position, position);
}
