import type { TextDocument } from 'vscode-languageserver-textdocument';
import {
  repairFile,
  type FixTarget,
  type RepairedFile,
} from '../../../../../src/engine/edit/fix/repairFile.js';
import { syntaxErrors } from '../../../../../src/engine/syntax/syntaxErrors.js';
import { SyntaxTrees } from '../../../../../src/engine/syntax/syntaxTrees.js';
import type { EditParams, EditResult } from '../../../../../src/protocol/edit.js';
import { scriptedEditService } from './scriptedEdit.js';

const trees = new SyntaxTrees();
const { signal } = new AbortController();

/** Fixes by a model that replaces the line with the error. */
export class LineEditor {
  /** The parameters of each edit, one per answer of the model. */
  readonly requests: EditParams[] = [];
  private params: EditParams | undefined;
  private readonly service = scriptedEditService((prompt) => this.answer(prompt), { syntax: trees });

  /** @param replace the line that the model writes; `undefined` for the line as it is */
  constructor(private readonly replace: (line: string) => string | undefined) {}

  edit(params: EditParams, document: TextDocument | undefined): Promise<EditResult> {
    this.params = params;
    return this.service.edit(params, document, signal, () => undefined);
  }

  private answer(prompt: string): string {
    if (this.params !== undefined) this.requests.push(this.params);
    const end = prompt.lastIndexOf('\n```\n\nReply with the whole');
    const start = prompt.lastIndexOf('```python\n', end) + '```python\n'.length;
    const lines = prompt.slice(start, end).split('\n');
    const errorLine = Number([...prompt.matchAll(/Error in line (\d+)/g)].at(-1)?.[1] ?? 1) - 1;
    const answer = lines.map((line, i) => (i === errorLine ? (this.replace(line) ?? line) : line)).join('\n');
    // The answer goes on after the lines that it begins with.
    const given = prompt.slice(prompt.lastIndexOf('```python\n') + '```python\n'.length);
    return answer.startsWith(given) ? answer.slice(given.length) : answer;
  }
}

export function closeParenthesis(line: string): string | undefined {
  return line.includes('(') ? `${line})` : undefined;
}

/** Corrects `a = = 1`. */
export function withoutSecondSign(line: string): string | undefined {
  return line.includes('= =') ? line.replace('= =', '=') : undefined;
}

export function repaired(text: string, editor: LineEditor, target?: FixTarget): Promise<RepairedFile> {
  return repairFile({ uri: 'file:///a.py', languageId: 'python', text }, target, {
    edit: editor,
    check: (current) => trees.read('python', current, syntaxErrors, signal),
    isTrusted: true,
    signal,
  });
}
