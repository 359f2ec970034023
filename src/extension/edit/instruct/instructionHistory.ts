import type { Memento } from 'vscode';

const STATE_KEY = 'youtu.instructions';
const MAX_COUNT = 20;
/** Longer ones are texts that were pasted. */
const MAX_LENGTH = 500;

/** The instructions of earlier edits, the latest first. They are kept on this machine, for all folders. */
export class InstructionHistory {
  constructor(private readonly state: Pick<Memento, 'get' | 'update'>) {}

  get all(): readonly string[] {
    const kept = this.state.get<unknown>(STATE_KEY);
    return Array.isArray(kept) ? kept.filter((each) => typeof each === 'string').slice(0, MAX_COUNT) : [];
  }

  async add(instruction: string): Promise<void> {
    if (instruction.length > MAX_LENGTH) return;
    const others = this.all.filter((each) => each !== instruction);
    await this.state.update(STATE_KEY, [instruction, ...others].slice(0, MAX_COUNT));
  }

  async remove(instruction: string): Promise<void> {
    const others = this.all.filter((each) => each !== instruction);
    await this.state.update(STATE_KEY, others);
  }

  async clear(): Promise<void> {
    await this.state.update(STATE_KEY, undefined);
  }
}
