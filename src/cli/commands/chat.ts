import { Option, type Command } from 'commander';
import type { EngineSettings } from '../../protocol/settings.js';
import { chatParams, questionText, type ChatWishes } from '../chat/chatQuestion.js';
import { ChatSession } from '../chat/chatSession.js';
import { oneAnswer } from '../chat/oneAnswer.js';
import { pipedText } from '../chat/pipedText.js';
import type { CommandContext } from '../commandContext.js';
import { isJson } from '../jsonOutput.js';
import { numberArgument } from '../numberArgument.js';
import { withEngine } from '../withEngine.js';

interface ChatOptions extends ChatWishes {
  readonly model?: string;
  readonly thinking: EngineSettings['chatThinking'];
}

export function addChat(program: Command, context: CommandContext): void {
  program
    .command('chat')
    .description('answer a question; what is piped in belongs to it; without one, a session')
    .argument('[PROMPT]', 'the question; put it in quotes')
    .option('--max-tokens <N>', 'most tokens of an answer', numberArgument({ from: 1 }))
    .option(
      '--temperature <T>',
      'how freely words are chosen, from 0 to 2',
      numberArgument({ from: 0, to: 2, isWhole: false }),
    )
    .option('--system <TEXT>', 'what the model is told before the conversation')
    .option('--model <ID|PATH>', 'a model of the catalogue, or a GGUF file')
    .addOption(
      new Option('--thinking <WHEN>', 'whether the model thinks first, if it can')
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
  const { model, thinking, ...wishes } = options;
  const asJson = isJson(command);
  const piped = await pipedText(terminal, signal);
  const question = questionText(prompt, piped);
  if (question === undefined && (asJson || piped !== undefined || !terminal.canAsk))
    command.error('error: there is no question. Give one in quotes, or pipe text into it.');
  const engineOptions = {
    ...(model === undefined ? {} : { model }),
    settings: { chatThinking: thinking },
  };
  await withEngine(context, engineOptions, async (engine) => {
    const means = { terminal, signal, chat: engine.chat };
    if (question === undefined) await new ChatSession(means, wishes).run();
    else await oneAnswer(means, chatParams([{ role: 'user', content: question }], wishes), asJson);
  });
}
