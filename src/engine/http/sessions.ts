import { abortable } from '../cancellation.js';
import type { ChatMessage } from '../../protocol/chat.js';

export interface SessionLimits {
  readonly sessions: number;
  /** Of one session; older messages go first. */
  readonly messages: number;
  /** Of one session's messages, and of all sessions together. */
  readonly sessionBytes: number;
  readonly totalBytes: number;
  /** Sessions unused for so long are forgotten, milliseconds. */
  readonly idleMs: number;
}

const LIMITS: SessionLimits = {
  sessions: 256,
  messages: 200,
  sessionBytes: 2 * 1024 * 1024,
  totalBytes: 64 * 1024 * 1024,
  idleMs: 60 * 60_000,
};

interface Session {
  messages: readonly ChatMessage[];
  usedAt: number;
  /** Requests that are answered or wait; a session that has any stays. */
  users: number;
  /** The request of this session that is answered, or was the last to be; never rejected. */
  last: Promise<void>;
}

/**
 * Conversations that callers go on with by a name. They live in memory; those unused for longest go when there are too
 * many, or when they take too much of it.
 */
export class Sessions {
  /** The last used last. */
  private readonly sessions = new Map<string, Session>();

  constructor(
    private readonly now: () => number = () => performance.now(),
    private readonly limits: SessionLimits = LIMITS,
  ) {}

  get size(): number {
    return this.sessions.size;
  }

  /** What all conversations take in memory. */
  get bytes(): number {
    return [...this.sessions.values()].reduce((sum, { messages }) => sum + bytesOf(messages), 0);
  }

  /**
   * Runs `work` with the conversation so far; what it returns is the conversation from then on. Requests of one session
   * follow each other. One that fails leaves the conversation as it was.
   * @throws the signal's reason when it is aborted while an earlier request is answered
   */
  async use<T>(
    name: string,
    signal: AbortSignal,
    work: (messages: readonly ChatMessage[]) => Promise<{ messages: readonly ChatMessage[]; result: T }>,
  ): Promise<T> {
    this.forgetOld();
    const session = this.sessions.get(name) ?? { messages: [], usedAt: 0, users: 0, last: Promise.resolve() };
    session.users++;
    this.touch(name, session);
    const before = session.last;
    const run = async (): Promise<T> => {
      await abortable(before, signal);
      const { messages, result } = await work(session.messages);
      session.messages = this.shortened(messages);
      return result;
    };
    const result = run();
    const ended = result.then(
      () => undefined,
      () => undefined,
    );
    // One that has given up waiting lets the next one wait for those before it.
    session.last = Promise.all([before, ended]).then(() => undefined);
    try {
      return await result;
    } finally {
      session.users--;
      this.touch(name, session);
      this.forgetOld();
    }
  }

  /** Forgets what has been unused for too long, or is too much. */
  forgetOld(): void {
    const now = this.now();
    let { bytes } = this;
    for (const [name, { usedAt, users, messages }] of this.sessions) {
      const isTooMuch = this.sessions.size > this.limits.sessions || bytes > this.limits.totalBytes;
      if (users > 0 || (now - usedAt <= this.limits.idleMs && !isTooMuch)) continue;
      this.sessions.delete(name);
      bytes -= bytesOf(messages);
    }
  }

  private touch(name: string, session: Session): void {
    session.usedAt = this.now();
    this.sessions.delete(name);
    this.sessions.set(name, session);
  }

  /** Leaves out the oldest messages; the system prompt stays. */
  private shortened(messages: readonly ChatMessage[]): readonly ChatMessage[] {
    const head = messages.filter(({ role }) => role === 'system');
    const rest = messages.filter(({ role }) => role !== 'system').slice(-this.limits.messages);
    let bytes = bytesOf(head) + bytesOf(rest);
    let first = 0;
    for (; bytes > this.limits.sessionBytes && first < rest.length; first++)
      bytes -= bytesOf(rest.slice(first, first + 1));
    return [...head, ...rest.slice(first)];
  }
}

/** Texts take up to two bytes a character, and each message some more. */
function bytesOf(messages: readonly ChatMessage[]): number {
  return messages.reduce((sum, { content }) => sum + 2 * content.length + 64, 0);
}
