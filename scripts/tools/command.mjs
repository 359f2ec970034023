const isTerminal = process.stdout.isTTY;
const running = new Set();

/** An error that the user can act on. Its message is printed without a stack trace. */
export class Failure extends Error {}

/** Runs a script's main function. For a {@link Failure} or a system error, prints the message; the exit code is 1. */
export async function runMain(main) {
  try {
    process.exitCode = (await main()) ?? 0;
  } catch (error) {
    console.error(error instanceof Failure || error.code ? `\n✗ ${error.message}` : error);
    process.exitCode = 1;
  }
}

/**
 * Runs one step of a command and prints its name and time; steps may run concurrently. A string that `work` returns is
 * printed as a note.
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
