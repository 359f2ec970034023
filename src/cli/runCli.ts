import { Command, CommanderError } from 'commander';
import { EngineError } from '../protocol/errors.js';
import type { CommandContext } from './commandContext.js';
import { writeJson } from './commandOptions.js';
import { addBench } from './commands/bench.js';
import { addChat } from './commands/chat.js';
import { addCommit } from './commands/commit.js';
import { addComplete } from './commands/complete.js';
import { addCompletion } from './commands/completion.js';
import { addDocument } from './commands/document.js';
import { addDoctor } from './commands/doctor.js';
import { addEdit } from './commands/edit.js';
import { addFix } from './commands/fix.js';
import { addLsp } from './commands/lsp.js';
import { addModel } from './commands/model.js';
import { addTests } from './commands/tests.js';
import { addServe } from './commands/serve.js';
import { errorText, ExitStatus } from './errors.js';

/** Exit statuses. `INTERRUPTED` is what shells report after Ctrl+C. */
const FAILURE = 1;
const WRONG_USAGE = 2;
const INTERRUPTED = 130;

/**
 * Runs one command.
 * @param args the arguments after the program's name
 * @returns the exit status
 */
export async function runCli(
  args: readonly string[],
  context: CommandContext,
  version: string,
): Promise<number> {
  const { terminal, signal } = context;
  const program = createProgram(context, version);
  try {
    await program.parseAsync(args, { from: 'user' });
    return 0;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : WRONG_USAGE;
    if (error instanceof ExitStatus) return error.status;
    if (signal.aborted) return INTERRUPTED;
    if (program.opts<{ json?: boolean }>().json === true) {
      const detail =
        error instanceof EngineError ? error.data : { kind: 'unexpected', detail: errorText(error) };
      writeJson(terminal, { error: detail });
    }
    terminal.writeNote(`${errorText(error)}\n`);
    return FAILURE;
  }
}

function createProgram(context: CommandContext, version: string): Command {
  const program = new Command('youtu')
    .description('Small language models for code, on your own machine')
    .version(version)
    .option('--json', 'print one JSON document to stdout')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => context.terminal.writeResult(text),
      writeErr: (text) => context.terminal.writeNote(text),
    })
    .showHelpAfterError('(run "youtu --help" for usage)');
  addComplete(program, context);
  addChat(program, context);
  addFix(program, context);
  addEdit(program, context);
  addDocument(program, context);
  addCommit(program, context);
  addTests(program, context);
  addModel(program, context);
  addBench(program, context, version);
  addDoctor(program, context, version);
  addCompletion(program, context);
  addServe(program, context, version);
  addLsp(program, context, version);
  return program;
}
