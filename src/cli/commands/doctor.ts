import type { Command } from 'commander';
import { machineFacts } from '../../engine/status/report.js';
import { forgetDevices } from '../../engine/model/devices/deviceChoice.js';
import { EngineError } from '../../protocol/errors.js';
import type { CommandContext } from '../commandContext.js';
import { isJson, writeJson } from '../commandOptions.js';
import { deviceFacts, modelChecks, speedTrial } from '../doctor/checks.js';
import { doctorText, type DoctorProblem, type DoctorReport } from '../doctor/doctorReport.js';
import { errorText, ExitStatus } from '../errors.js';
import { withEngine } from '../localEngine.js';

interface DoctorOptions {
  readonly model?: string;
  readonly retryDevices?: boolean;
}

/** What is known only when llama.cpp starts. */
type Trial = Pick<DoctorReport, 'model' | 'threads' | 'speed'>;

export function addDoctor(program: Command, context: CommandContext, version: string): void {
  program
    .command('doctor')
    .description('show CPU, GPU, memory, models and speed, and what is missing')
    .option('--model <ID|PATH>', 'the model to test')
    .option('--retry-devices', 'try GPUs again that have failed')
    .action((options: DoctorOptions, command: Command) => doctor(context, options, version, isJson(command)));
}

async function doctor(
  context: CommandContext,
  options: DoctorOptions,
  version: string,
  asJson: boolean,
): Promise<void> {
  const { terminal, folder } = context;
  const problems: DoctorProblem[] = [];
  if (options.retryDevices === true) await forgetDevices(folder);
  const machine = await machineFacts();
  const files = await modelChecks(context);
  const llama = await deviceFacts(context.folder);
  if (typeof llama === 'string')
    problems.push({
      what: llama,
      remedy: 'Nothing else can be tried until then.',
    });
  const trial = typeof llama === 'string' ? {} : await tryModel(context, options, problems);
  const report: DoctorReport = {
    version,
    nodeVersion: process.version,
    machine,
    modelsFolder: folder,
    files,
    ...(typeof llama === 'string' ? {} : { llama }),
    ...trial,
    problems,
  };
  if (asJson) writeJson(terminal, report);
  else terminal.writeResult(doctorText(report));
  if (problems.length > 0) throw new ExitStatus(1);
}

/** A model that can't be used is one of the reported problems. */
async function tryModel(
  context: CommandContext,
  options: DoctorOptions,
  problems: DoctorProblem[],
): Promise<Trial> {
  try {
    return await withEngine(context, options, async (engine) => {
      const speed = await speedTrial(engine, context.signal);
      const [model] = engine.status.models;
      const { threads } = engine.report();
      return { ...(model === undefined ? {} : { model }), threads, speed };
    });
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    problems.push(
      error.data.kind === 'noModel'
        ? { what: 'There is no model yet.', remedy: starterCommand(context) }
        : { what: errorText(error), remedy: 'Run "youtu model list" to see the available models.' },
    );
    return {};
  }
}

function starterCommand({ catalogue }: CommandContext): string {
  const starter = catalogue.models.find(({ isStarter }) => isStarter) ?? catalogue.models[0];
  return `Download one: youtu model get ${starter?.id ?? 'ID'}`;
}
