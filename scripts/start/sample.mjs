import { readFileSync } from 'node:fs';
import { styleText } from 'node:util';
import { Failure, seconds, step } from '../tools/command.mjs';
import { inRoot } from '../tools/paths.mjs';
import { runCli } from './youtuCli.mjs';

const FILE = 'samples/hello/words.py';
const BEFORE_CURSOR = 'for word in text';

/** The position in the sample that is to be completed: its lines, and the place as FILE:LINE:COLUMN, 1-based. */
export function findSample() {
  const lines = readFileSync(inRoot(FILE), 'utf8').split('\n');
  const index = lines.findIndex((line) => line.endsWith(BEFORE_CURSOR));
  const cursor = `:${index + 1}:${lines[index].length + 1}`;
  return {
    folder: inRoot('samples/hello'),
    lines,
    index,
    place: FILE + cursor,
    absolutePlace: inRoot(FILE) + cursor,
  };
}

/** Prints what ghost text would show in the sample and how fast it came; needs no screen. */
export async function showCompletion(model) {
  const { lines, index: line, place } = findSample();
  let completion;
  await step(`A completion at ${place}`, async () => {
    completion = await complete(place, model);
    return 'including loading the model';
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
  if (!completion.text) throw new Failure(`The model suggested nothing at ${place}.`);
  return completion;
}
