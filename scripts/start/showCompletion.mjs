import { styleText } from 'node:util';
import { Failure } from '../tools/failure.mjs';
import { seconds } from '../tools/step.mjs';
import { runCli } from './runCli.mjs';
import { findSample } from './sample.mjs';

/** The main job, for those without a screen too: what ghost text would show in the sample, and how fast it came. */
export async function showCompletion(model) {
  const { lines, index: line, place } = findSample();
  const started = performance.now();
  const { code, stdout, stderr } = await runCli(['complete', place, '--json'], {
    env: { YOUTU_MODEL: model },
  });
  if (code !== 0) throw new Failure(`The model gave no completion:\n${stderr.trim()}`);
  const { text, ...figures } = JSON.parse(stdout);
  if (!text) throw new Failure(`The model had nothing to say at ${place}.`);
  const grey = (part) => (process.stdout.isTTY ? styleText('gray', part) : part);
  const number = (index) => `${index + 1}`.padStart(5);
  const [first, ...rest] = text.split('\n');
  console.log(
    `✓ A completion of ${place} (${seconds(performance.now() - started)} with loading the model)\n`,
  );
  for (let index = line - 3; index < line; index++) console.log(`${number(index)} │ ${lines[index]}`);
  console.log(`${number(line)} │ ${lines[line]}${process.stdout.isTTY ? '' : '▏'}${grey(first)}`);
  for (const added of rest) console.log(`      │ ${grey(added)}`);
  console.log(`${number(line + 1)} │ ${lines[line + 1]}\n`);
  console.log(
    `  ${figures.model}: ${figures.completionTokens} tokens, ${figures.tokensPerSecond.toFixed(1)} tokens/s, ` +
      `first token after ${seconds(figures.firstTokenMs)}, on ${figures.device.name ?? 'the CPU'}\n`,
  );
}
