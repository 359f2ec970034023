/** Lines after the last change, or after the problem, that agree before an answer is taken for a known one. */
const AGREEING_LINES = 5;

/** The texts that a model's next answer must differ from: the old one, and each that it has written before. */
export class KnownAnswers {
  private readonly answers: { readonly lines: readonly string[]; readonly last: number }[];

  /**
   * @param old the lines that are rewritten
   * @param problem the last line that has to change; `undefined` where any line may be the wrong one
   */
  constructor(
    private readonly old: readonly string[],
    problem: number | undefined,
  ) {
    this.answers = [{ lines: old, last: problem ?? Infinity }];
  }

  has(lines: readonly string[]): boolean {
    return this.answers.some((known) => isStart(known.lines, lines) && known.lines.length === lines.length);
  }

  add(lines: readonly string[]): void {
    const { old } = this;
    let same = 0;
    while (same < lines.length && lines.at(-1 - same) === old.at(-1 - same)) same++;
    this.answers.push({ lines, last: lines.length - same - 1 });
  }

  /** Whether an answer, as far as it is written, is going to be a known one: its rest needn't be written. */
  isRepeated(draft: readonly string[]): boolean {
    return this.answers.some(
      ({ lines, last }) => draft.length > last + AGREEING_LINES && isStart(lines, draft),
    );
  }
}

function isStart(lines: readonly string[], start: readonly string[]): boolean {
  return start.length <= lines.length && start.every((line, i) => line === lines[i]);
}
