import type { Connection } from 'vscode-languageserver/node';
import {
  CommitMessageRequest,
  type CommitMessageParams,
  type CommitMessageResult,
} from '../../../protocol/commit.js';
import { EngineError, EngineErrorCode } from '../../../protocol/errors.js';
import { abortable, answerRequest, invalidParams } from '../../cancellation.js';
import type { Decoder } from '../../decoding/decoder.js';
import { GREEDY } from '../../model/model.js';
import type { ModelHost } from '../../model/modelHost.js';
import type { StatusReporter } from '../../status/statusReporter.js';
import { AnswerWriter, RETRY_SAMPLING } from '../answerWriter.js';
import { factsOf, type ChangeKind } from './changeFacts.js';
import { changeWords } from './changeWords.js';
import { commitPrompt, type CommitQuestion } from './commitPrompt.js';
import { readDiff } from './diffReader.js';
import { factSubject } from './factSubject.js';
import { shownChange } from './shownDiff.js';
import { statedSubject } from './statedSubject.js';
import {
  checkedSubject,
  knownText,
  shortenedStatement,
  subjectLine,
  type SubjectContext,
} from './subjectCheck.js';
import { styledSubject } from './subjectForm.js';
import { scriptOf, styleOf } from './subjectStyle.js';

/** A smaller model is shown solved cases. */
const SMALL_MODEL_BYTES = 800_000_000;
const MAX_ROUNDS = 3;
const MAX_ANSWER_TOKENS = 60;
/** Of the change that is shown. A CPU evaluates some 600 of code in a second; more hardly better the answer. */
const SHOWN_CHARACTERS = [2200, 1500, 800, 300, 0];
/** What a model can say no more of than code can. */
const TOLD_BY_CODE: ReadonlySet<ChangeKind> = new Set([
  ...([
    'rename',
    'format',
    'comments',
    'mode',
    'binary',
    'submodule',
    'secret',
    'dependencies',
    'generated',
  ] as const),
]);

/** Writes the subject of a commit from its diff. */
export class CommitService {
  constructor(
    private readonly host: Pick<ModelHost, 'contextQueue'>,
    private readonly decoder: Decoder,
    private readonly status: Pick<StatusReporter, 'during'>,
  ) {}

  /** @throws EngineError `noDiff`; the signal's reason when aborted */
  async message(
    { diff, subjects, branch }: CommitMessageParams,
    signal: AbortSignal,
  ): Promise<CommitMessageResult> {
    if (diff.trim() === '') throw noDiff('empty');
    const facts = factsOf(readDiff(diff));
    if (facts.files.length === 0) throw noDiff('notADiff');
    const style = styleOf(subjects);
    const known = knownText(facts, style, branch);
    const context: SubjectContext = { facts, style, branch, known, words: changeWords(facts) };
    const files = facts.files.length;
    const isToldByCode = TOLD_BY_CODE.has(facts.kind);
    const stated = isToldByCode ? undefined : statedLine(context);
    if (stated !== undefined) return { message: stated, origin: 'facts', files };
    const written = isToldByCode ? undefined : await this.write(context, signal);
    if (written !== undefined) return { ...written, origin: 'model', files };
    const message = styledSubject(factSubject(facts, style.script), facts, style, branch);
    return { message, origin: isToldByCode ? 'facts' : 'fallback', files };
  }

  /** @returns `undefined` when no answer passes the check */
  private async write(
    context: SubjectContext,
    signal: AbortSignal,
  ): Promise<Pick<CommitMessageResult, 'message' | 'model'> | undefined> {
    const queue = await abortable(this.host.contextQueue('fix'), signal);
    return this.status.during('fix', () =>
      queue.use(signal, async (modelContext) => {
        const writer = new AnswerWriter(this.decoder, queue.model, modelContext, signal);
        const isSmall = queue.model.sizeBytes < SMALL_MODEL_BYTES;
        let failed: CommitQuestion['failed'];
        // What a small model doesn't see at once of a large change, it doesn't see later.
        const rounds = isSmall && context.words.isLarge ? 1 : MAX_ROUNDS;
        for (let round = 0; round < rounds; round++) {
          // What a small model has copied from the solved cases, it copies again with them.
          const prompt = await promptFor(
            writer,
            context,
            isSmall && round !== 1,
            isSmall ? undefined : failed,
          );
          const sampling = round === 0 || (isSmall && round === 1) ? GREEDY : RETRY_SAMPLING;
          const plan = { prompt, sampling, maxTokens: MAX_ANSWER_TOKENS };
          const { text } = await writer.write(plan, (lines) => subjectLine(lines, context.style) !== '');
          const checked = checkedSubject(text, { ...context, isSmallModel: isSmall });
          if ('subject' in checked) return { message: checked.subject, model: queue.model.id };
          failed = { answer: text.trim().split('\n')[0] ?? '', reason: checked.objection };
        }
        return undefined;
      }),
    );
  }
}

/** In the author's words, where they are in the language of the project's subjects and no earlier one. */
function statedLine({ facts, style, branch }: SubjectContext): string | undefined {
  const line = statedSubject(facts);
  if (line === undefined || (scriptOf([line]) === 'latin') !== (style.script === 'latin')) return undefined;
  const subject = shortenedStatement(styledSubject(line, facts, style, branch), style.maxColumns);
  return style.subjects.some((each) => each.toLowerCase() === subject?.toLowerCase()) ? undefined : subject;
}

/**
 * As much of the change as fits; the files at least.
 * @param withCases with solved cases in place of the project's subjects
 */
async function promptFor(
  writer: AnswerWriter,
  { facts, style }: SubjectContext,
  withCases: boolean,
  failed: CommitQuestion['failed'],
): Promise<readonly number[]> {
  const room = writer.contextTokens - MAX_ANSWER_TOKENS * 4;
  let tokens: readonly number[] = [];
  for (const characters of SHOWN_CHARACTERS) {
    const change = shownChange(facts, characters);
    const question = { change, style, ...(failed === undefined ? {} : { failed }) };
    tokens = await writer.tokens(commitPrompt(question, withCases));
    if (tokens.length <= room) return tokens;
  }
  return tokens;
}

function noDiff(reason: 'empty' | 'notADiff'): EngineError {
  return new EngineError(EngineErrorCode.noDiff, { kind: 'noDiff', reason });
}

function isCommitParams(params: unknown): params is CommitMessageParams {
  const { diff, subjects, branch } = Object(params) as Partial<Record<keyof CommitMessageParams, unknown>>;
  const isText = (value: unknown): value is string => typeof value === 'string';
  return (
    isText(diff) &&
    Array.isArray(subjects) &&
    subjects.every(isText) &&
    (branch === undefined || isText(branch))
  );
}

/** Answers `youtu/commitMessage`. */
export function registerCommit(connection: Connection, service: CommitService): void {
  connection.onRequest(CommitMessageRequest, (params, token) =>
    isCommitParams(params)
      ? answerRequest(token, (signal) => service.message(params, signal))
      : invalidParams('diff: a string, subjects: strings, branch: a string or nothing'),
  );
}
