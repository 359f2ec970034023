import * as vscode from 'vscode';

/** A file system with one file in it. */
export class OneFile implements vscode.FileSystemProvider {
  readonly onDidChangeFile = new vscode.EventEmitter<vscode.FileChangeEvent[]>().event;

  constructor(private readonly text: string) {}

  stat(): vscode.FileStat {
    return { type: vscode.FileType.File, ctime: 0, mtime: 0, size: this.text.length };
  }

  readFile(): Uint8Array {
    return Buffer.from(this.text);
  }

  readDirectory = (): [string, vscode.FileType][] => [];
  watch = (): vscode.Disposable => new vscode.Disposable(() => undefined);
  createDirectory = refuse;
  writeFile = refuse;
  delete = refuse;
  rename = refuse;
}

function refuse(): never {
  throw vscode.FileSystemError.NoPermissions();
}
