/** Does one step of a command and prints what it was and how long it took. A text that `work` returns is its note. */
export async function step(name, work) {
  const started = performance.now();
  const isTerminal = process.stdout.isTTY;
  if (isTerminal) process.stdout.write(`… ${name}`);
  const end = (sign, note) => {
    const line = `${sign} ${name}${note ? `: ${note}` : ''} (${seconds(performance.now() - started)})`;
    console.log(isTerminal ? `\r\x1b[K${line}` : line);
  };
  try {
    const note = await work();
    end('✓', typeof note === 'string' ? note : undefined);
  } catch (error) {
    end('✗');
    throw error;
  }
}

export const seconds = (ms) => `${(ms / 1000).toFixed(ms < 10_000 ? 1 : 0)} s`;
