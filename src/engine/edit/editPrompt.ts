import type { ChatMessage } from '../../protocol/chat.js';

/** What the model is asked, and how its answer begins: put there, so that it goes on with code and not with talk. */
export interface EditPrompt {
  readonly messages: readonly ChatMessage[];
  readonly answerStart: string;
}

/** A fence that no line of the code closes. */
export function fenceFor(code: string): string {
  const longest = Math.max(2, ...[...code.matchAll(/^\s*(`{3,})/gm)].map(([, ticks = '']) => ticks.length));
  return '`'.repeat(longest + 1);
}
