import type { Command } from 'commander';
import { readableInput } from '../chat/question.js';
import type { CommandContext } from '../commandContext.js';
import { isJson, writeJson } from '../commandOptions.js';
import { InputError } from '../errors.js';
import { withEngine } from '../localEngine.js';
import { currentBranch, MAX_DIFF_BYTES, recentSubjects, stagedDiff } from '../source/gitRepository.js';
import { decodeText } from '../source/textEncoding.js';

/** Hooks and editors start programs with an input that nothing is ever written to. */
const FIRST_BYTE_MS = 5000;
const NOTE_MS = 3000;

interface CommitOptions {
  readonly model?: string;
}

export function addCommit(program: Command, context: CommandContext): void {
  program
    .command('commit')
    .description(
      'write a commit message for a diff on standard input or, without one, for the staged changes; nothing is committed',
    )
    .option('--model <ID|PATH>', 'a model in the catalogue, or a GGUF file')
    .action((options: CommitOptions, command: Command) => commit(context, options, isJson(command)));
}

async function commit(context: CommandContext, { model }: CommitOptions, asJson: boolean): Promise<void> {
  const { terminal, signal } = context;
  const diff = (await pipedDiff(context)) ?? (await stagedDiff(signal));
  if (diff === undefined)
    throw new InputError(
      'There is no git repository here. Change into one, or pipe a diff in: git diff --staged | youtu commit',
    );
  const [subjects, branch] = await Promise.all([recentSubjects(signal), currentBranch(signal)]);
  const params = { diff, subjects, ...(branch === undefined ? {} : { branch }) };
  const result = await withEngine(context, model === undefined ? {} : { model }, (engine) =>
    engine.commit.message(params, signal),
  );
  if (asJson) writeJson(terminal, result);
  else terminal.writeResult(`${result.message}\n`);
  if (result.origin === 'fallback')
    terminal.writeNote(
      'No answer of the model passed the checks, so the message only names what has changed. A larger model may say more.\n',
    );
}

/** Lines in any encoding may be among those of a diff. @returns `undefined` when nothing is piped in */
async function pipedDiff({ terminal, signal }: CommandContext): Promise<string | undefined> {
  if (terminal.inputKind !== 'pipe') return undefined;
  const note = setTimeout(() => terminal.writeNote('Reading a diff from standard input …\n'), NOTE_MS);
  const options = { limitBytes: MAX_DIFF_BYTES, firstByteMs: FIRST_BYTE_MS, signal };
  const otherwise = 'the staged changes are described. To describe others, pipe a diff in.';
  const bytes = await readableInput(terminal, options, otherwise).finally(() => clearTimeout(note));
  if (bytes === undefined || bytes === 'unreadable' || bytes.length === 0) return undefined;
  const isUtf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  return isUtf16 ? decodeText(bytes, 'The piped diff').text : new TextDecoder().decode(bytes);
}
