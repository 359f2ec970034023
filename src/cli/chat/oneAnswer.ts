import type { ChatService } from '../../engine/chat/chatService.js';
import type { ChatParams, ChatResult } from '../../protocol/chat.js';
import { writeJson } from '../jsonOutput.js';
import type { Terminal } from '../terminal.js';
import { AnswerDisplay, dim } from './answerDisplay.js';

export interface AnswerDeps {
  readonly terminal: Terminal;
  readonly signal: AbortSignal;
  readonly chat: Pick<ChatService, 'answer'>;
}

/**
 * Answers one question: the text streams to stdout, or is there in the end as one JSON document.
 * @throws EngineError; the signal's reason, after what had come was written
 */
export async function oneAnswer(
  { terminal, signal, chat }: AnswerDeps,
  params: ChatParams,
  asJson: boolean,
): Promise<void> {
  const display = new AnswerDisplay(terminal, !asJson);
  display.begin();
  const result = await chat
    .answer(params, signal, (progress) => display.show(progress))
    .finally(() => display.end());
  if (asJson) writeJson(terminal, answerDocument(result));
  else terminal.writeNote(noteOn(result, terminal));
}

/** The answer with the names that HTTP interfaces of models have for it. */
export function answerDocument(result: ChatResult) {
  const { text, promptTokens, completionTokens, model, tokensPerSecond, finish } = result;
  return {
    response: text,
    usage: {
      prompt_tokens: promptTokens,
      completion_tokens: completionTokens,
      total_tokens: promptTokens + completionTokens,
    },
    model,
    tokens_per_second: Math.round(tokensPerSecond * 10) / 10,
    finish_reason: finish,
  };
}

/** What a person wants to know of an answer beside it; a log is told only what is wrong. */
export function noteOn(result: ChatResult, terminal: Pick<Terminal, 'isWatched' | 'hasColours'>): string {
  const { finish, promptTokens, cachedTokens, completionTokens, tokensPerSecond, model } = result;
  const cut = finish === 'length' ? `The answer was cut off after ${completionTokens} tokens.\n` : '';
  if (!terminal.isWatched) return cut;
  const cached = cachedTokens > 0 ? ` (${cachedTokens} cached)` : '';
  const speed = tokensPerSecond > 0 ? `, ${tokensPerSecond.toFixed(1)} tokens/s` : '';
  const figures = `${model}: ${promptTokens} prompt tokens${cached}, ${completionTokens} generated${speed}`;
  return `${cut}${dim(terminal, figures)}\n`;
}
