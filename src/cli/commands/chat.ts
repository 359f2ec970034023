import { Option, type Command } from 'commander';
import type { EngineSettings } from '../../protocol/settings.js';
import { oneAnswer } from '../chat/oneAnswer.js';
import { chatParams, pipedText, questionText, type AnswerOptions } from '../chat/question.js';
import { TerminalChat } from '../chat/terminalChat.js';
import type { CommandContext } from '../commandContext.js';
import { isJson, numberArgument } from '../commandOptions.js';
import { withEngine } from '../localEngine.js';

interface ChatOptions extends AnswerOptions {
  readonly model?: string;
  readonly thinking: EngineSettings['chatThinking'];
  readonly stdin?: boolean;
}

export function addChat(program: Command, context: CommandContext): void {
  program
    .command('chat')
    .description('answer a question, including piped input; without one, start an interactive chat')
    .argument('[PROMPT]', 'the question; put it in quotes')
    .option('--max-tokens <N>', 'maximum number of tokens in an answer', numberArgument({ from: 1 }))
    .option(
      '--temperature <T>',
      'sampling temperature, from 0 to 2',
      numberArgument({ from: 0, to: 2, isWhole: false }),
    )
    .option('--system <TEXT>', 'system prompt')
    .option('--model <ID|PATH>', 'a model in the catalogue, or a GGUF file')
    .option('--stdin', 'wait for standard input to end, however long it takes')
    .option(
      '--no-stdin',
      'do not read standard input, like < /dev/null; for scripts and shell loops that use it themselves',
    )
    .addOption(
      new Option('--thinking <WHEN>', 'whether the model thinks first, if it supports that')
        .choices(['auto', 'on', 'off'])
        .default('auto'),
    )
    .action((prompt: string | undefined, options: ChatOptions, command: Command) =>
      chat(context, prompt, options, command),
    );
}

async function chat(
  context: CommandContext,
  prompt: string | undefined,
  options: ChatOptions,
  command: Command,
): Promise<void> {
  const { terminal, signal } = context;
  const { model, thinking, stdin, ...answerOptions } = options;
  const asJson = isJson(command);
  const piped = await pipedText(terminal, signal, {
    isOptional: questionText(prompt, undefined) !== undefined,
    stdin,
  });
  const question = questionText(prompt, piped);
  if (question === undefined && (asJson || piped !== undefined || !terminal.canAsk))
    command.error('error: no question given. Pass one in quotes, or pipe text in.');
  const engineOptions = {
    ...(model === undefined ? {} : { model }),
    settings: { chatThinking: thinking },
  };
  await withEngine(context, engineOptions, async (engine) => {
    const deps = { terminal, signal, chat: engine.chat };
    if (question === undefined) await new TerminalChat(deps, answerOptions).run();
    else await oneAnswer(deps, chatParams([{ role: 'user', content: question }], answerOptions), asJson);
  });
}
