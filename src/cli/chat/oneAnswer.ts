import type { ChatService } from '../../engine/chat/chatService.js';
import type { ChatParams, ChatResult } from '../../protocol/chat.js';
import { writeJson } from '../commandOptions.js';
import type { Terminal } from '../terminal/terminal.js';
import { AnswerDisplay, dim } from './answerDisplay.js';

export interface AnswerDeps {
  readonly terminal: Terminal;
  readonly signal: AbortSignal;
  readonly chat: Pick<ChatService, 'answer'>;
}

/**
 * Answers one question: the text is streamed to stdout, or written as one JSON document at the end.
 * @throws EngineError; the signal's reason, after the text so far was written
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

/** The answer with the field names of the HTTP API. */
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

/** A note about the answer for stderr. Where it isn't a terminal, only that the answer was cut off. */
export function noteOn(result: ChatResult, terminal: Pick<Terminal, 'isWatched' | 'hasColours'>): string {
  const { finish, promptTokens, cachedTokens, completionTokens, tokensPerSecond, model } = result;
  const cut = finish === 'length' ? `The answer was cut off after ${completionTokens} tokens.\n` : '';
  if (!terminal.isWatched) return cut;
  const cached = cachedTokens > 0 ? ` (${cachedTokens} cached)` : '';
  const speed = tokensPerSecond > 0 ? `, ${tokensPerSecond.toFixed(1)} tokens/s` : '';
  const stats = `${model}: ${promptTokens} prompt tokens${cached}, ${completionTokens} generated${speed}`;
  return `${cut}${dim(terminal, stats)}\n`;
}
