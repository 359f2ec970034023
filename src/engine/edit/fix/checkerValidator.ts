import type { EditVerdict } from '../../../protocol/edit.js';
import type { CheckReport, Checkers } from '../../checkers/checkers.js';
import { problemsBetween } from '../../checkers/compareProblems.js';
import type { Candidate, FixedDocument, Validator } from './validator.js';

export interface CheckedDocument extends FixedDocument {
  readonly uri: string;
  /** The user trusts the workspace: programs may be started for the check. */
  readonly isTrusted: boolean;
}

/** Compares what the language's own tools say about the whole document before and after. */
export class CheckerValidator implements Validator {
  private before: Promise<readonly CheckReport[]> | undefined;

  constructor(
    private readonly checkers: Pick<Checkers, 'check'>,
    private readonly document: CheckedDocument,
  ) {}

  async validate({ newText }: Candidate, signal: AbortSignal): Promise<EditVerdict> {
    const text = this.document.textWith(newText);
    const before = await (this.before ??= this.check(this.document.text, signal));
    const after = await this.check(text, signal);
    const solvedBy: string[] = [];
    for (const report of after) {
      const old = before.find(({ by }) => by === report.by);
      if (report.kind !== 'checked' || old?.kind !== 'checked') continue;
      const { gone, added } = problemsBetween(
        { text: this.document.text, problems: old.problems },
        { text, problems: report.problems },
      );
      if (added.some(({ severity }) => severity === 'error')) return { kind: 'doubtful', reason: 'syntax' };
      const { start, end } = this.document.target;
      if (gone.some(({ line }) => line >= start && line < end)) solvedBy.push(report.by);
    }
    const [by] = solvedBy;
    return by === undefined ? { kind: 'unchecked' } : { kind: 'passed', by };
  }

  private check(text: string, signal: AbortSignal): Promise<readonly CheckReport[]> {
    const { uri, languageId, isTrusted } = this.document;
    return this.checkers.check({ uri, languageId, text }, isTrusted, signal);
  }
}
