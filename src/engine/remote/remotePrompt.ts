import type { ChatMessage } from '../../protocol/chat.js';
import type { Token } from '../model/model.js';
import { INFILL_MARKS, isMark, markOf, unpacked } from './remoteTokens.js';

export interface InfillText {
  readonly kind: 'infill';
  /** Texts of other files. */
  readonly files: readonly { readonly path: string; readonly text: string }[];
  /** Path of the file itself, where other files are shown. */
  readonly path: string;
  readonly before: string;
  readonly after: string;
  /** What follows `before`; it changes with each key, and so comes last where a server's cache gains by that. */
  readonly middle: string;
}

/** What a server is asked, as it was before it became a prompt. */
export type RemotePrompt =
  | {
      readonly kind: 'chat';
      readonly messages: readonly ChatMessage[];
      /** How the answer begins. */
      readonly answerStart: string;
      readonly thinking: boolean;
    }
  | InfillText
  | { readonly kind: 'text'; readonly text: string };

/** Reads the tokens of a prompt back. */
export function readPrompt(tokens: readonly Token[]): RemotePrompt {
  const parts = split(tokens);
  if (parts.some(({ mark }) => mark === INFILL_MARKS.middle)) return readInfill(parts);
  if (parts.some(({ mark }) => mark !== undefined)) return readChat(parts);
  return { kind: 'text', text: unpacked(tokens) };
}

interface Part {
  readonly mark: Token | undefined;
  readonly text: string;
}

/** The texts between the marks, each with the mark before it. */
function split(tokens: readonly Token[]): readonly Part[] {
  const parts: Part[] = [];
  let start = 0;
  let mark: Token | undefined;
  const end = (at: number): void => {
    if (mark !== undefined || at > start) parts.push({ mark, text: unpacked(tokens.slice(start, at)) });
  };
  tokens.forEach((token, at) => {
    if (!isMark(token)) return;
    end(at);
    [mark, start] = [token, at + 1];
  });
  end(tokens.length);
  return parts;
}

function readChat(parts: readonly Part[]): RemotePrompt {
  const messages: ChatMessage[] = [];
  let answerStart = '';
  let thinking = false;
  for (const { mark, text } of parts) {
    const name = mark === undefined ? undefined : markOf(mark);
    if (name === 'answer') answerStart = text;
    else if (name === 'think') thinking = true;
    else if (name !== undefined) messages.push({ role: name, content: text });
  }
  return { kind: 'chat', messages, answerStart, thinking };
}

function readInfill(parts: readonly Part[]): InfillText {
  const textAfter = (mark: Token): string => parts.find((part) => part.mark === mark)?.text ?? '';
  const files = parts
    .filter(({ mark }) => mark === INFILL_MARKS.fileSeparator)
    .map(({ text }) => {
      const end = text.indexOf('\n');
      return { path: text.slice(0, Math.max(0, end)), text: text.slice(end + 1) };
    });
  // The last one is the path of the file itself.
  return {
    kind: 'infill',
    files: files.slice(0, -1),
    path: files.at(-1)?.path ?? '',
    before: textAfter(INFILL_MARKS.prefix),
    after: textAfter(INFILL_MARKS.suffix),
    middle: textAfter(INFILL_MARKS.middle),
  };
}
