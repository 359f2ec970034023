import type { ChatMessage } from '../../protocol/chat.js';

const MAX_SESSIONS = 256;
/** Of one session; older messages go first. */
const MAX_MESSAGES = 200;
const IDLE_MS = 60 * 60_000;

interface Session {
  messages: readonly ChatMessage[];
  usedAt: number;
  /** The request of this session that is answered, or was the last to be; never rejected. */
  last: Promise<void>;
}

/** Conversations that callers continue by name. They are kept in memory and removed after an hour without use. */
export class Sessions {
  /** The last used last. */
  private readonly sessions = new Map<string, Session>();

  constructor(private readonly now: () => number = () => performance.now()) {}

  get size(): number {
    return this.sessions.size;
  }

  /**
   * Runs `work` with the conversation so far; what it returns is the conversation from then on. Requests of one session
   * follow each other. One that fails leaves the conversation as it was.
   */
  async use<T>(
    name: string,
    work: (messages: readonly ChatMessage[]) => Promise<{ messages: readonly ChatMessage[]; result: T }>,
  ): Promise<T> {
    this.forgetOld();
    const session = this.sessions.get(name) ?? { messages: [], usedAt: 0, last: Promise.resolve() };
    const run = async (): Promise<T> => {
      const { messages, result } = await work(session.messages);
      session.messages = messages.slice(-MAX_MESSAGES);
      session.usedAt = this.now();
      return result;
    };
    session.usedAt = this.now();
    this.sessions.delete(name);
    this.sessions.set(name, session);
    const result = session.last.then(run);
    session.last = result.then(
      () => undefined,
      () => undefined,
    );
    return result;
  }

  private forgetOld(): void {
    const now = this.now();
    for (const [name, { usedAt }] of this.sessions)
      if (now - usedAt > IDLE_MS || this.sessions.size >= MAX_SESSIONS) this.sessions.delete(name);
      else break;
  }
}
