import { appendFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Argument, type Command } from 'commander';
import { seedReport } from '../../engine/bench/seedBench.js';
import { REPOSITORY_BENCHES, findRepository, runRepositoryBench } from '../bench/repositoryBench.js';
import { seedChart } from '../bench/seedChart.js';
import { seedText } from '../bench/seedText.js';
import type { CommandContext } from '../commandContext.js';
import { isJson, numberArgument, writeJson } from '../commandOptions.js';
import { withEngine } from '../localEngine.js';

interface BenchOptions {
  readonly model?: string;
  readonly rounds?: number;
  readonly svg?: string;
  readonly uncachedTokens: number;
}

const ROUNDS = 3;

export function addBench(program: Command, context: CommandContext, version: string): void {
  program
    .command('bench')
    .description('run a benchmark; seed: latency, speed and memory, with and without the KV cache')
    .addArgument(new Argument('<NAME>', 'the benchmark').choices(['seed', ...REPOSITORY_BENCHES]))
    .argument('[OPTIONS...]', 'options of a benchmark that needs a clone of the repository')
    .allowUnknownOption()
    .option('--model <ID|PATH>', 'a model in the catalogue, or a GGUF file')
    .option(
      '--rounds <N>',
      `number of rounds; their mean is reported (seed: ${ROUNDS})`,
      numberArgument({ from: 1 }),
    )
    .option('--svg <FILE>', 'seed: also write a chart')
    .option(
      '--uncached-tokens <N>',
      'seed: tokens to measure without the cache, 0 for all',
      numberArgument({ from: 0 }),
      16,
    )
    .action((name: string, others: readonly string[], options: BenchOptions, command: Command) => {
      if (name === 'seed') {
        if (others.length > 0) command.error(`error: unknown arguments for seed: ${others.join(' ')}`);
        return seed(context, options, version, isJson(command));
      }
      const { model, rounds } = options;
      const given = [
        ...(model === undefined ? [] : ['--model', model]),
        ...(rounds === undefined ? [] : ['--rounds', `${rounds}`]),
        ...(isJson(command) ? ['--json'] : []),
        ...others,
      ];
      const root = findRepository(dirname(fileURLToPath(import.meta.url)));
      return runRepositoryBench(name, given, root, context.signal);
    });
}

async function seed(
  context: CommandContext,
  { model, rounds = ROUNDS, svg, uncachedTokens }: BenchOptions,
  version: string,
  asJson: boolean,
): Promise<void> {
  const { terminal, signal } = context;
  // Fails before minutes of measuring, not after them.
  if (svg !== undefined) await appendFile(svg, '');
  const report = await withEngine(context, model === undefined ? {} : { model }, async (engine) =>
    seedReport(
      engine,
      await engine.host.model('chat'),
      version,
      { rounds, uncachedTokens: uncachedTokens || Infinity },
      signal,
      (step) => {
        const { promptTokens, generatedTokens, cache, round } = step;
        const mode = cache === 'cached' ? 'with' : 'without';
        terminal.writeNote(
          `${promptTokens} -> ${generatedTokens}, ${mode} the KV cache, round ${round + 1} of ${rounds}\n`,
        );
      },
    ),
  );
  if (svg !== undefined) {
    await writeFile(svg, seedChart(report));
    terminal.writeNote(`Wrote ${svg}\n`);
  }
  if (asJson) writeJson(terminal, report);
  else terminal.writeResult(seedText(report));
}
