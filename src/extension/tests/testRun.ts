import { spawn, type ChildProcess } from 'node:child_process';
import * as vscode from 'vscode';
import type { TestCommand } from '../../protocol/tests.js';
import { lastLines, OutputTail } from '../terminal/outputTail.js';

/** Of the output, for the model. */
const [MAX_LINES, MAX_LENGTH] = [40, 3000];
/** Of what is written before the terminal is open. */
const MAX_EARLY_LENGTH = 100_000;
const INTERRUPT = String.fromCharCode(3);

export type TestRunResult =
  | { readonly kind: 'passed' }
  | { readonly kind: 'failed'; readonly output: string; readonly show: () => void }
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
export function runTests(command: TestCommand, name: string): Promise<TestRunResult> {
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
      if (isStopped) resolve({ kind: 'stopped' });
      else if (code === 0) resolve({ kind: 'passed' });
      else {
        const output = lastLines(tail.text, MAX_LINES, MAX_LENGTH);
        const message = missingFramework(output);
        if (message !== undefined) resolve({ kind: 'noFramework', message });
        else resolve({ kind: 'failed', output, show: () => terminal.show() });
      }
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

/** What Python, npm, yarn, pnpm, Node, Bundler, cargo and .NET say when the program that runs tests isn't installed. */
const MISSING =
  /^.*(?:No module named ['"]?pytest['"]?\s*$|npx canceled|could not determine executable|missing packages|Cannot find module '.*(?:jest|mocha|vitest|ava|tsx)\b.*'|\b(?:jest|mocha|vitest|ava|tsx|rspec|phpunit): (?:command )?not found|(?:Command|executable) "?(?:jest|mocha|vitest|ava|tsx)"? not found|Couldn't find (?:a script|the binary) named|bundler: command not found|Could not find gem|no such command: `?test|No .NET SDKs were found).*$/im;

/** The line that says so; a test that fails for another reason is the model's to correct. */
export function missingFramework(output: string): string | undefined {
  return MISSING.exec(output)?.[0].trim();
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
