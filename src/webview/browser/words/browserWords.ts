import type { ChatStrings } from '../../../protocol/chatStrings.js';

/** All words of the page in a browser. `{0}` is replaced by a value. */
export interface BrowserWords {
  /** BCP 47, for the page's `lang`. */
  readonly language: string;
  /** The words of the chat itself. What only an editor can do has none. */
  readonly chat: ChatStrings;
  readonly history: string;
  readonly openHistory: string;
  readonly closeHistory: string;
  readonly newChat: string;
  readonly untitled: string;
  readonly noChats: string;
  /** `{0}`: title of a chat. */
  readonly deleteChat: string;
  readonly chatDeleted: string;
  readonly deleteAll: string;
  /** `{0}`: number of chats. */
  readonly chatsDeleted: string;
  readonly undo: string;
  readonly exportMarkdown: string;
  readonly exportAll: string;
  readonly loadingModel: string;
  /** Where the server asks for a key. */
  readonly keyNeeded: string;
  readonly keyTitle: string;
  readonly keyText: string;
  readonly keyLabel: string;
  readonly enterKey: string;
  readonly useKey: string;
  readonly cancel: string;
  readonly close: string;
  readonly settings: string;
  readonly temperature: string;
  readonly temperatureHelp: string;
  readonly temperatureWrong: string;
  readonly maxTokens: string;
  readonly maxTokensHelp: string;
  readonly maxTokensWrong: string;
  readonly automatic: string;
  readonly thinking: string;
  readonly thinkingHelp: string;
  readonly on: string;
  readonly off: string;
  readonly systemPrompt: string;
  readonly systemPromptHelp: string;
  readonly appearance: string;
  readonly appearanceHelp: string;
  readonly light: string;
  readonly dark: string;
  readonly languageLabel: string;
  readonly languageHelp: string;
  readonly keyHelp: string;
  readonly keyKept: string;
  readonly reset: string;
  /** The server can't be reached, or went away in the middle of an answer. */
  readonly noConnection: string;
  readonly connectionLost: string;
  /** `{0}`: HTTP status. */
  readonly unexpectedStatus: string;
  readonly unexpectedAnswer: string;
  /** `{0}`: seconds. */
  readonly retryAfter: string;
  /** `{0}`: the link's target. */
  readonly fileLink: string;
  readonly copyFailed: string;
  /** `{0}`: number of chats that can't be read. */
  readonly damaged: string;
  readonly unreadable: string;
  readonly notKept: string;
  readonly saveFailed: string;
  readonly keptUntilClosed: (reason: string) => string;
  readonly exportUnsaved: string;
  readonly notSaved: string;
  readonly storageFull: string;
  readonly storageBlocked: string;
  /** A newer version of the page has changed the database, or one chat. */
  readonly newerPage: string;
  readonly newerChat: string;
  /** In place of the date of a chat in the list. */
  readonly newerChatMark: string;
}
