import type { ChatViewStatus } from '../../../protocol/chatView.js';
import type { ApiKey } from './apiKey.js';
import { healthStatus } from './healthStatus.js';
import type { BrowserWords } from '../words/browserWords.js';

/** How long until the next look: something is about to change, or probably not. */
const SOON_MS = 2_000;
const LATER_MS = 20_000;
/** A machine that computes with all its cores may take its time. */
const PATIENCE_MS = 15_000;

export interface HealthEvents {
  readonly onStatus: (status: ChatViewStatus) => void;
  readonly onKeyNeeded: () => void;
}

/** Looks from time to time how the server is, as long as anybody sees the page. */
export class ServerHealth {
  private current: ChatViewStatus = { kind: 'ready' };
  private timer: ReturnType<typeof setTimeout> | undefined;
  private looking: Promise<void> | undefined;
  /** Which key was refused: a user who has closed the question isn't asked again. */
  private refused: string | undefined;

  constructor(
    private readonly key: ApiKey,
    private readonly words: () => BrowserWords,
    private readonly events: HealthEvents,
  ) {
    document.addEventListener('visibilitychange', () => void this.look());
  }

  get status(): ChatViewStatus {
    return this.current;
  }

  /** Looks now. */
  async look(): Promise<void> {
    clearTimeout(this.timer);
    if (document.hidden) return;
    this.looking ??= this.ask().finally(() => (this.looking = undefined));
    await this.looking;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.look(), this.current.kind === 'ready' ? LATER_MS : SOON_MS);
  }

  private async ask(): Promise<void> {
    try {
      const response = await fetch('health', {
        headers: this.key.headers,
        cache: 'no-store',
        signal: AbortSignal.timeout(PATIENCE_MS),
      });
      if (response.status === 401) {
        this.set({ kind: 'ready' });
        if (this.refused !== this.key.value) this.events.onKeyNeeded();
        this.refused = this.key.value;
        return;
      }
      // A server that is still loading may say so with a 503; the reply is the same.
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
