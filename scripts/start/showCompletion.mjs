import { styleText } from 'node:util';
import { Failure } from '../tools/failure.mjs';
import { seconds, step } from '../tools/step.mjs';
import { runCli } from './runCli.mjs';
import { findSample } from './sample.mjs';

/** The main job, for those without a screen too: what ghost text would show in the sample, and how fast it came. */
export async function showCompletion(model) {
  const { lines, index: line, place } = findSample();
  let completion;
  await step(`A completion of ${place}`, async () => {
    completion = await complete(place, model);
    return 'with loading the model';
  });
  const { text, ...figures } = completion;
  const grey = (part) => (process.stdout.isTTY ? styleText('gray', part) : part);
  const number = (index) => `${index + 1}`.padStart(5);
  const [first, ...rest] = text.split('\n');
  console.log();
  for (let index = line - 3; index < line; index++) console.log(`${number(index)} │ ${lines[index]}`);
  console.log(`${number(line)} │ ${lines[line]}${process.stdout.isTTY ? '' : '▏'}${grey(first)}`);
  for (const added of rest) console.log(`      │ ${grey(added)}`);
  console.log(`${number(line + 1)} │ ${lines[line + 1]}\n`);
  console.log(
    `  ${figures.model}: ${figures.completionTokens} tokens, ${figures.tokensPerSecond.toFixed(1)} tokens/s, ` +
      `first token after ${seconds(figures.firstTokenMs)}, on ${figures.device.name ?? 'the CPU'}\n`,
  );
}

async function complete(place, model) {
  const { code, stdout, stderr } = await runCli(['complete', place, '--model', model, '--json']);
  if (code !== 0) throw new Failure(`The model gave no completion:\n${stderr.trim()}`);
  const completion = JSON.parse(stdout);
  if (!completion.text) throw new Failure(`The model had nothing to say at ${place}.`);
  return completion;
}
