import { readFileSync } from 'node:fs';
import { styleText } from 'node:util';
import { Failure, seconds, step } from '../tools/command.mjs';
import { inRoot } from '../tools/paths.mjs';
import { runCli } from './youtuCli.mjs';

const FILE = 'samples/hello/words.py';
const BEFORE_CURSOR = 'for word in text';

/** The sample file's lines and the position to complete; locations are FILE:LINE:COLUMN, 1-based. */
export function findSample() {
  const lines = readFileSync(inRoot(FILE), 'utf8').split('\n');
  const index = lines.findIndex((line) => line.endsWith(BEFORE_CURSOR));
  const cursor = `:${index + 1}:${lines[index].length + 1}`;
  return {
    folder: inRoot('samples/hello'),
    lines,
    index,
    location: FILE + cursor,
    absoluteLocation: inRoot(FILE) + cursor,
  };
}

/** Prints the completion in the sample and its speed; needs no screen. */
export async function showCompletion(model) {
  const { lines, index: line, location } = findSample();
  let completion;
  await step(`A completion at ${location}`, async () => {
    completion = await complete(location, model);
    return 'including loading the model';
  });
  const { text, ...stats } = completion;
  const grey = (part) => (process.stdout.isTTY ? styleText('gray', part) : part);
  const number = (index) => `${index + 1}`.padStart(5);
  const [first, ...rest] = text.split('\n');
  console.log();
  for (let index = line - 3; index < line; index++) console.log(`${number(index)} │ ${lines[index]}`);
  console.log(`${number(line)} │ ${lines[line]}${process.stdout.isTTY ? '' : '▏'}${grey(first)}`);
  for (const added of rest) console.log(`      │ ${grey(added)}`);
  console.log(`${number(line + 1)} │ ${lines[line + 1]}\n`);
  console.log(
    `  ${stats.model}: ${stats.completionTokens} tokens, ${stats.tokensPerSecond.toFixed(1)} tokens/s, ` +
      `first token after ${seconds(stats.firstTokenMs)}, on ${stats.device.name ?? 'the CPU'}\n`,
  );
}

async function complete(location, model) {
  const { code, stdout, stderr } = await runCli(['complete', location, '--model', model, '--json']);
  if (code !== 0) throw new Failure(`The model returned no completion:\n${stderr.trim()}`);
  const completion = JSON.parse(stdout);
  if (!completion.text) throw new Failure(`The model suggested nothing at ${location}.`);
  return completion;
}
