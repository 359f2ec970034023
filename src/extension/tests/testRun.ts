import { spawn, type ChildProcess } from 'node:child_process';
import * as vscode from 'vscode';
import type { TestCommand } from '../../protocol/tests.js';
import { lastLines, OutputTail } from '../terminal/outputTail.js';

/** Of the output, for the model. */
const [MAX_LINES, MAX_LENGTH] = [40, 3000];
const INTERRUPT = String.fromCharCode(3);

export type TestRunResult =
  | { readonly kind: 'passed' }
  | { readonly kind: 'failed'; readonly output: string; readonly show: () => void }
  /** The user has stopped it, or closed the terminal. */
  | { readonly kind: 'stopped' }
  | { readonly kind: 'notStarted'; readonly message: string };

/** As a person would type it. */
export function commandText({ words }: TestCommand): string {
  return words.map((word) => (/^[\w./:=@~+-]+$/.test(word) ? word : JSON.stringify(word))).join(' ');
}

/**
 * Runs a command in a terminal of its own, which shows the command and what it writes. Ctrl+C or closing the terminal
 * ends it.
 */
export function runTests(command: TestCommand, name: string): Promise<TestRunResult> {
  return new Promise((resolve) => {
    const written = new vscode.EventEmitter<string>();
    const tail = new OutputTail();
    let child: ChildProcess | undefined;
    let isStopped = false;
    const stop = (): void => {
      isStopped = true;
      endTree(child);
    };
    const write = (text: string): void => {
      tail.push(text);
      written.fire(text.replaceAll(/\r?\n/g, '\r\n'));
    };
    const terminal = vscode.window.createTerminal({
      name,
      iconPath: new vscode.ThemeIcon('beaker'),
      pty: {
        onDidWrite: written.event,
        open: () => {
          written.fire(`$ ${commandText(command)}\r\n`);
          child = start(command);
          child.stdout?.setEncoding('utf8').on('data', write);
          child.stderr?.setEncoding('utf8').on('data', write);
          child.on('error', ({ message }) => {
            written.fire(`${message}\r\n`);
            resolve({ kind: 'notStarted', message });
          });
          child.on('close', (code) => {
            if (isStopped) {
              resolve({ kind: 'stopped' });
              return;
            }
            if (code === 0) {
              resolve({ kind: 'passed' });
              return;
            }
            const output = lastLines(tail.text, MAX_LINES, MAX_LENGTH);
            resolve({ kind: 'failed', output, show: () => terminal.show() });
          });
        },
        close: stop,
        handleInput: (data: string) => {
          if (data === INTERRUPT) stop();
        },
      },
    });
    terminal.show(true);
  });
}

function start({ words: [program = '', ...args], folder }: TestCommand): ChildProcess {
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(?:ELECTRON_|VSCODE_)/.test(name)),
  );
  // On Windows npx and others are scripts, which only a shell runs.
  const isWindows = process.platform === 'win32';
  return spawn(program, args, {
    cwd: folder,
    env,
    shell: isWindows,
    detached: !isWindows,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** With the processes that it has started. */
function endTree(child: ChildProcess | undefined): void {
  if (child?.pid === undefined || child.exitCode !== null) return;
  if (process.platform === 'win32') {
    spawn('taskkill', ['/pid', String(child.pid), '/t', '/f'], { stdio: 'ignore' });
    return;
  }
  try {
    process.kill(-child.pid, 'SIGTERM');
  } catch {
    child.kill(); // the group has ended already
  }
}
