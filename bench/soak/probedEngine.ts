import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import type { EngineSettings } from '../../src/protocol/settings.js';
import { EngineProcess } from '../../test/engine/support/engineProcess.js';
import { buildModule } from '../machine/buildEngine.js';
import { processMemory } from '../memory/processMemory.js';
import { PROBE_FOLDER, type ProbeCommand, type ProbeReport } from './probe.js';

const MAX_REPORT_MS = 30_000;

/** What the engine's process holds while it has nothing to do. */
export interface Holdings {
  /** Anonymous memory in MB, without the model's mapped file and V8's space for new objects. */
  readonly memory: number;
  /** JavaScript's heap in MB after a garbage collection. */
  readonly heap: number;
  readonly descriptors: number;
  readonly threads: number;
  readonly children: number;
  /** Active resources of the event loop, without timers that only wait to expire. */
  readonly handles: number;
  readonly listeners: number;
}

/** An engine whose process can be measured, suspended and given another time of day. Linux only. */
export class ProbedEngine {
  private commands = 0;
  private clockOffsetMs = 0;

  private constructor(
    readonly engine: EngineProcess,
    private readonly folder: string,
  ) {}

  static async start(settings: Partial<EngineSettings>, module?: string): Promise<ProbedEngine> {
    const folder = mkdtempSync(join(tmpdir(), 'youtu-soak-'));
    const probe = pathToFileURL(await buildModule('bench/soak/probe.ts')).href;
    const env = { NODE_OPTIONS: `--import ${probe}`, [PROBE_FOLDER]: folder };
    const engine = await EngineProcess.start(settings, { env, ...(module === undefined ? {} : { module }) });
    return new ProbedEngine(engine, folder);
  }

  get pid(): number {
    return this.engine.child.pid ?? 0;
  }

  async holdings(): Promise<Holdings> {
    // Twice: what the first collection finalizes is freed by the second.
    await this.probe();
    const report = await this.probe();
    const status = readFileSync(`/proc/${this.pid}/status`, 'utf8');
    return {
      memory: (processMemory(this.pid).own - report.nurseryBytes) / 1e6,
      heap: report.heapBytes / 1e6,
      descriptors: readdirSync(`/proc/${this.pid}/fd`).length,
      threads: Number(/^Threads:\s+(\d+)$/m.exec(status)?.[1]),
      children: childrenOf(this.pid),
      handles: report.resources.filter((name) => name !== 'Timeout' && name !== 'Immediate').length,
      listeners: report.listeners,
    };
  }

  /** Sets the engine's clock so far from the machine's. */
  async jumpClock(offsetMs: number): Promise<void> {
    this.clockOffsetMs = offsetMs;
    await this.probe();
  }

  /** Lets the engine lose memory, to see whether that is noticed. */
  async leak(megabytes: number): Promise<void> {
    await this.probe(Math.round(megabytes * 1e6));
  }

  /** Stops the process for some time, as a laptop's sleep does. */
  async suspend(ms: number): Promise<void> {
    process.kill(this.pid, 'SIGSTOP');
    await sleep(ms);
    process.kill(this.pid, 'SIGCONT');
  }

  async stop(): Promise<number | null> {
    const code = await this.engine.stop();
    rmSync(this.folder, { recursive: true });
    return code;
  }

  private async probe(leakBytes = 0): Promise<ProbeReport> {
    const command: ProbeCommand = { id: ++this.commands, clockOffsetMs: this.clockOffsetMs, leakBytes };
    writeFileSync(join(this.folder, 'command.json'), JSON.stringify(command));
    process.kill(this.pid, 'SIGUSR2');
    for (let waited = 0; waited < MAX_REPORT_MS; waited += 20) {
      const report = this.read();
      if (report?.id === command.id) return report;
      await sleep(20);
    }
    throw new Error(`the engine did not report within ${MAX_REPORT_MS / 1000} s`);
  }

  private read(): ProbeReport | undefined {
    try {
      return JSON.parse(readFileSync(join(this.folder, 'report.json'), 'utf8')) as ProbeReport;
    } catch {
      return undefined;
    }
  }
}

/** Not every kernel lists a process's children. */
function childrenOf(pid: number): number {
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name) && parentOf(name) === pid).length;
}

function parentOf(pid: string): number | undefined {
  try {
    return Number(/^PPid:\s+(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
  } catch {
    // It has ended since the folder was listed.
    return undefined;
  }
}
