const isTerminal = process.stdout.isTTY;
const running = new Set();

/**
 * Does one step of a command and prints what it was and how long it took; several may go on at once. A text that
 * `work` returns is its note.
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

/** On a terminal the last line says what is going on. */
function showRunning() {
  if (isTerminal && running.size > 0) process.stdout.write(`\r\x1b[K… ${[...running].join(', ')}`);
}
