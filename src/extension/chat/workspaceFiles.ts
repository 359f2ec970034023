import * as vscode from 'vscode';
import type { FileArea } from './conversationFiles.js';

/** A folder reached through VS Code's file system API; it may be on another machine. */
export class WorkspaceFiles implements FileArea {
  constructor(private readonly folder: vscode.Uri) {}

  async list(): Promise<readonly string[]> {
    const entries = await ifExists(vscode.workspace.fs.readDirectory(this.folder));
    return (entries ?? []).filter(([, type]) => type === vscode.FileType.File).map(([name]) => name);
  }

  async read(name: string): Promise<string | undefined> {
    const content = await ifExists(vscode.workspace.fs.readFile(this.uri(name)));
    return content && new TextDecoder().decode(content);
  }

  async write(name: string, content: string): Promise<void> {
    await vscode.workspace.fs.createDirectory(this.folder);
    await vscode.workspace.fs.writeFile(this.uri(name), new TextEncoder().encode(content));
  }

  async rename(from: string, to: string): Promise<void> {
    await vscode.workspace.fs.rename(this.uri(from), this.uri(to), { overwrite: true });
  }

  async delete(name: string): Promise<void> {
    await vscode.workspace.fs.delete(this.uri(name));
  }

  private uri(name: string): vscode.Uri {
    return vscode.Uri.joinPath(this.folder, name);
  }
}

async function ifExists<T>(work: Thenable<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof vscode.FileSystemError && error.code === 'FileNotFound') return undefined;
    throw error;
  }
}
