const isTerminal = process.stdout.isTTY;
const running = new Set();

/** An error that the person at the terminal can act on. It is printed as a sentence, without a stack. */
export class Failure extends Error {}

/** Runs a script's main function. A {@link Failure} or a system error is printed as one sentence; the exit code is 1. */
export async function runMain(main) {
  try {
    process.exitCode = (await main()) ?? 0;
  } catch (error) {
    console.error(error instanceof Failure || error.code ? `\n✗ ${error.message}` : error);
    process.exitCode = 1;
  }
}

/**
 * Does one step of a command and prints its name and its time; several steps may run at once. A text that `work`
 * returns is printed as a note.
 */
export async function step(name, work) {
  const started = performance.now();
  const end = (sign, note) => {
    running.delete(name);
    const time = seconds(performance.now() - started);
    printLine(`${sign} ${name}${typeof note === 'string' ? `: ${note}` : ''} (${time})`);
  };
  running.add(name);
  showRunning();
  try {
    end('✓', await work());
  } catch (error) {
    end('✗');
    throw error;
  }
}

export const seconds = (ms) => `${(ms / 1000).toFixed(ms < 10_000 ? 1 : 0)} s`;

function printLine(line) {
  console.log(isTerminal ? `\r\x1b[K${line}` : line);
  showRunning();
}

/** On a terminal the last line lists the running steps. */
function showRunning() {
  if (isTerminal && running.size > 0) process.stdout.write(`\r\x1b[K… ${[...running].join(', ')}`);
}
