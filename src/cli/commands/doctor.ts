import type { Command } from 'commander';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { EngineReport } from '../../protocol/status.js';
import { byteText } from '../byteText.js';
import type { CommandContext } from '../commandContext.js';
import { deviceText } from '../deviceText.js';
import { isJson, writeJson } from '../jsonOutput.js';
import { localEngine } from '../localEngine.js';

const SAMPLE = 'def fibonacci(n):\n    """Returns the n-th Fibonacci number."""\n    ';

export function addDoctor(program: Command, context: CommandContext): void {
  program
    .command('doctor')
    .description('what runs where: CPU, GPU, memory, model, speed')
    .option('--model <ID|PATH>', 'a model of the catalogue, or a GGUF file')
    .action((options: { model?: string }, command: Command) => doctor(context, options, isJson(command)));
}

async function doctor(context: CommandContext, options: { model?: string }, asJson: boolean): Promise<void> {
  const { terminal, signal, folder } = context;
  const engine = await localEngine(context, options);
  const document = TextDocument.create('untitled:sample', 'python', 1, SAMPLE);
  const end = document.positionAt(SAMPLE.length);
  // A completion of a few lines is enough to measure both speeds, and shows that the model really runs.
  await engine.completion.complete(document, end, { isInvoked: true, maxLines: 6 }, signal);
  const report = engine.report(folder);
  if (asJson) writeJson(terminal, report);
  else terminal.writeResult(`${reportLines(report).join('\n')}\n`);
  await engine.host.unload();
}

function reportLines(report: EngineReport): string[] {
  const { status, speed, threads } = report;
  const models = status.kind === 'ready' ? status.models : [];
  return [
    `System    ${report.platform}, Node ${report.nodeVersion}`,
    `CPU       ${report.cpuCores} cores; ${threadsText(threads)}`,
    `Memory    ${byteText(report.freeMemoryBytes)} free of ${byteText(report.totalMemoryBytes)}`,
    `Models in ${report.modelsFolder}`,
    ...models.map(
      ({ id, sizeBytes, device }) => `Model     ${id}, ${byteText(sizeBytes)}, ${deviceText(device)}`,
    ),
    `Speed     ${speed?.prefill?.toFixed(0) ?? '–'} tokens/s read, ${speed?.decode?.toFixed(1) ?? '–'} tokens/s written`,
  ];
}

function threadsText({ prefill, decode, isMeasured }: EngineReport['threads']): string {
  const reading = prefill === 1 ? '1 thread reads' : `${prefill} threads read`;
  return `${reading}, ${decode} ${decode === 1 ? 'writes' : 'write'} (${isMeasured ? 'measured' : 'not measured yet'})`;
}
