import * as z from 'zod/mini';
import type { ChatViewStatus } from '../../../protocol/chatView.js';
import type { BrowserWords } from '../words/browserWords.js';
import type { ApiKey } from './apiKey.js';

/** Time until the next check while there is a problem, and while there is none. */
const RETRY_AFTER_MS = 2_000;
const CHECK_AFTER_MS = 20_000;
/** A machine that computes on all cores may answer late. */
const TIMEOUT_MS = 15_000;

/** The server's reply to `GET /health`; the part that the page shows. */
const healthReply = z.looseObject({
  status: z.enum(['ok', 'loading', 'no_model', 'failed']),
  message: z.optional(z.string()),
  models: z.optional(
    z.array(z.looseObject({ id: z.string(), roles: z.array(z.string()), device: z.optional(z.string()) })),
  ),
});

interface HealthEvents {
  readonly onStatus: (status: ChatViewStatus) => void;
  readonly onKeyNeeded: () => void;
}

/** Checks the server's state from time to time while the page is visible. */
export class ServerHealth {
  private current: ChatViewStatus = { kind: 'ready' };
  private timer: ReturnType<typeof setTimeout> | undefined;
  private checking: Promise<void> | undefined;
  /** The key that was refused last: a user who has closed the dialog isn't asked for it again. */
  private refused: string | undefined;

  constructor(
    private readonly key: ApiKey,
    private readonly words: () => BrowserWords,
    private readonly events: HealthEvents,
  ) {
    document.addEventListener('visibilitychange', () => void this.check());
  }

  get status(): ChatViewStatus {
    return this.current;
  }

  /** Checks now. Does nothing while the page is hidden. */
  async check(): Promise<void> {
    clearTimeout(this.timer);
    if (document.hidden) return;
    this.checking ??= this.ask().finally(() => (this.checking = undefined));
    await this.checking;
    clearTimeout(this.timer);
    this.timer = setTimeout(
      () => void this.check(),
      this.current.kind === 'ready' ? CHECK_AFTER_MS : RETRY_AFTER_MS,
    );
  }

  private async ask(): Promise<void> {
    try {
      const response = await fetch('health', {
        headers: this.key.headers,
        cache: 'no-store',
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      if (response.status === 401) {
        this.set({ kind: 'ready' });
        if (this.refused !== this.key.value) this.events.onKeyNeeded();
        this.refused = this.key.value;
        return;
      }
      // A server that is still loading answers with 503 and the same reply.
      const status = healthStatus(await response.json(), this.words());
      this.set(status ?? { kind: 'stopped' });
    } catch (error) {
      if (error instanceof DOMException && error.name === 'TimeoutError') return;
      this.set({ kind: 'stopped' });
    }
  }

  private set(status: ChatViewStatus): void {
    if (JSON.stringify(status) === JSON.stringify(this.current)) return;
    this.current = status;
    this.events.onStatus(status);
  }
}

/** @returns `undefined` for what isn't such a reply */
function healthStatus(value: unknown, words: BrowserWords): ChatViewStatus | undefined {
  const reply = healthReply.safeParse(value).data;
  if (reply === undefined) return undefined;
  const { status, message, models = [] } = reply;
  switch (status) {
    case 'loading':
      return { kind: 'busy', message: words.loadingModel };
    case 'no_model':
      return { kind: 'noModel' };
    case 'failed':
      return { kind: 'failed', message: message ?? '' };
    case 'ok': {
      const model = models.find(({ roles }) => roles.includes('chat')) ?? models[0];
      if (model === undefined) return { kind: 'ready' };
      const { id, device } = model;
      return { kind: 'ready', model: id, ...(device === undefined ? {} : { device }) };
    }
  }
}
