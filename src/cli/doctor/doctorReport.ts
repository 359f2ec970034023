import type { MachineFacts } from '../../protocol/benchmark.js';
import type { EngineReport, LoadedModel } from '../../protocol/status.js';
import { deviceProblemSentence, noGpuSentence } from '../deviceText.js';
import { errorSentence } from '../errors.js';
import { byteText, deviceText } from '../terminal/format.js';
import type { DeviceFacts, ModelCheck } from './checks.js';

/** Something essential is missing. */
export interface DoctorProblem {
  readonly what: string;
  /** What to do about it. */
  readonly remedy: string;
}

/** The report as `--json` prints it. */
export interface DoctorReport {
  readonly version: string;
  readonly nodeVersion: string;
  readonly machine: MachineFacts;
  readonly modelsFolder: string;
  readonly files: readonly ModelCheck[];
  /** Absent when llama.cpp can't be started. */
  readonly llama?: DeviceFacts;
  /** The model that was tried; absent when there is none. */
  readonly model?: LoadedModel;
  readonly threads?: EngineReport['threads'];
  /** Tokens per second. */
  readonly speed?: { readonly prefill: number; readonly decode: number };
  readonly problems: readonly DoctorProblem[];
}

/** The report as text: one line for each fact, problems last. */
export function doctorText(report: DoctorReport): string {
  const { machine, model, speed, problems } = report;
  const lines: (readonly [string, string])[] = [
    ['Youtu', `${report.version}, Node ${report.nodeVersion}${versionsText(report.llama)}`],
    ['System', `${machine.platform}, ${machine.release}`],
    ['CPU', `${machine.cpu}, ${machine.cores} cores, load ${machine.load.toFixed(1)}`],
    ...(machine.cpuFeatures === undefined
      ? []
      : [['', machine.cpuFeatures.join(' ') || 'no vector instructions that llama.cpp can use'] as const]),
    ['GPU', gpuText(report.llama)],
    ...(report.llama?.problems ?? []).map((each) => ['', deviceProblemSentence(each)] as const),
    ...(report.llama?.noGpu === undefined ? [] : [['', noGpuSentence(report.llama.noGpu)] as const]),
    ['Memory', `${byteText(machine.availableMemoryBytes)} available of ${byteText(machine.memoryBytes)}`],
    ['Models', `in ${report.modelsFolder}${report.files.length === 0 ? ', none yet' : ''}`],
    ...report.files.map((file) => ['', fileText(file)] as const),
    ...(model === undefined ? [] : [['Tested', `${model.id}, ${deviceText(model.device)}`] as const]),
    ...(report.threads === undefined ? [] : [['Threads', threadsText(report.threads)] as const]),
    ...(speed === undefined
      ? []
      : [
          [
            'Speed',
            `prefill ${speed.prefill.toFixed(0)} tokens/s, decoding ${speed.decode.toFixed(1)} tokens/s`,
          ] as const,
        ]),
  ];
  const verdict =
    problems.length === 0
      ? ['No problems found.']
      : problems.flatMap(({ what, remedy }) => [`Problem   ${what}`, `          ${remedy}`]);
  return [...lines.map(([name, value]) => `${name.padEnd(9)} ${value}`), '', ...verdict, ''].join('\n');
}

function versionsText(llama: DeviceFacts | undefined): string {
  return llama === undefined ? '' : `, node-llama-cpp ${llama.nodeLlamaCpp}, llama.cpp ${llama.llamaCpp}`;
}

function gpuText(llama: DeviceFacts | undefined): string {
  if (llama === undefined) return 'unknown';
  return llama.gpu === 'cpu' ? 'none that llama.cpp can use' : `${llama.gpuNames.join(', ')} (${llama.gpu})`;
}

function fileText({ id, sizeBytes, problem }: ModelCheck): string {
  return `${id}, ${problem === undefined ? `${byteText(sizeBytes)}, OK` : errorSentence(problem)}`;
}

function threadsText({ prefill, decode, isMeasured }: EngineReport['threads']): string {
  return `${prefill} for prefill, ${decode} for decoding (${isMeasured ? 'measured' : 'estimated'})`;
}
