import { spawn, type ChildProcess } from 'node:child_process';
import * as vscode from 'vscode';
import type { TestCommand, TestPlan } from '../../protocol/tests.js';
import { lastLines, OutputTail } from '../terminal/outputTail.js';
import { missingFramework, passedCount, saysNoTests } from './testOutput.js';

/** Of the output, for the model. */
const [MAX_LINES, MAX_LENGTH] = [40, 3000];
/** Of what is written before the terminal is open. */
const MAX_EARLY_LENGTH = 100_000;
const INTERRUPT = String.fromCharCode(3);

export type TestRunResult =
  | { readonly kind: 'passed' }
  | { readonly kind: 'failed'; readonly output: string; readonly show: () => void }
  /** Whatever the status: no test was found, or all were skipped. */
  | { readonly kind: 'noTests'; readonly show: () => void }
  /** The status is 0, but the output doesn't say that a test has passed. */
  | { readonly kind: 'notCounted'; readonly show: () => void }
  /** The user has stopped it, or closed the terminal. */
  | { readonly kind: 'stopped' }
  | { readonly kind: 'notStarted'; readonly message: string }
  /** The program runs, but the framework isn't there: no test was run. */
  | { readonly kind: 'noFramework'; readonly message: string };

/** As a person would type it. */
export function commandText({ words, env = {} }: TestCommand): string {
  const variables = Object.entries(env).map(([name, value]) => `${name}=${value}`);
  return [...variables, ...words]
    .map((word) => (/^[\w./:=@~+-]+$/.test(word) ? word : JSON.stringify(word)))
    .join(' ');
}

/**
 * Runs a command in a terminal of its own, which shows the command and what it writes. Ctrl+C or closing the terminal
 * ends it. The command doesn't wait for the terminal: on a busy machine VS Code opens one late, or not at all.
 */
export function runTests(
  { command, framework }: Pick<TestPlan, 'command' | 'framework'>,
  name: string,
): Promise<TestRunResult> {
  return new Promise((resolve) => {
    const screen = new TerminalScreen();
    const tail = new OutputTail();
    const child = start(command);
    let isStopped = false;
    const stop = (): void => {
      isStopped = true;
      endTree(child);
    };
    const write = (text: string): void => {
      tail.push(text);
      screen.write(text);
    };
    screen.write(`$ ${commandText(command)}\n`);
    child.stdout?.setEncoding('utf8').on('data', write);
    child.stderr?.setEncoding('utf8').on('data', write);
    child.on('error', ({ message }) => {
      screen.write(`${message}\n`);
      resolve({ kind: 'notStarted', message });
    });
    child.on('close', (code) => {
      resolve(
        isStopped ? { kind: 'stopped' } : resultOf(framework, code === 0, tail.text, () => terminal.show()),
      );
    });
    const terminal = vscode.window.createTerminal({
      name,
      iconPath: new vscode.ThemeIcon('beaker'),
      pty: {
        onDidWrite: screen.onDidWrite,
        open: () => screen.open(),
        close: stop,
        handleInput: (data: string) => {
          if (data === INTERRUPT) stop();
        },
      },
    });
    terminal.show(true);
  });
}

function resultOf(framework: string, isSuccess: boolean, text: string, show: () => void): TestRunResult {
  if (isSuccess) {
    const count = passedCount(framework, text);
    if (count === undefined) return { kind: 'notCounted', show };
    return count > 0 ? { kind: 'passed' } : { kind: 'noTests', show };
  }
  if (saysNoTests(framework, text)) return { kind: 'noTests', show };
  const output = lastLines(text, MAX_LINES, MAX_LENGTH);
  const message = missingFramework(output);
  return message === undefined ? { kind: 'failed', output, show } : { kind: 'noFramework', message };
}

/** Keeps the end of what is written before VS Code has opened the terminal. */
class TerminalScreen {
  private readonly written = new vscode.EventEmitter<string>();
  readonly onDidWrite = this.written.event;
  private early: string | undefined = '';

  write(text: string): void {
    const shown = text.replaceAll(/\r?\n/g, '\r\n');
    if (this.early === undefined) this.written.fire(shown);
    else this.early = (this.early + shown).slice(-MAX_EARLY_LENGTH);
  }

  open(): void {
    const early = this.early ?? '';
    this.early = undefined;
    this.written.fire(early);
  }
}

function start({ words: [program = '', ...args], folder, env: own }: TestCommand): ChildProcess {
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(?:ELECTRON_|VSCODE_)/.test(name)),
  );
  // On Windows npx and others are scripts, which only a shell runs.
  const isWindows = process.platform === 'win32';
  return spawn(program, args, {
    cwd: folder,
    env: { ...env, ...own },
    shell: isWindows,
    detached: !isWindows,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** With the processes that it has started. */
function endTree(child: ChildProcess): void {
  if (child.pid === undefined || child.exitCode !== null) return;
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
