import type { ChatViewStatus } from '../../../protocol/chatView.js';
import { list, oneOf, record, text } from '../../../protocol/shape.js';
import type { BrowserWords } from '../words/browserWords.js';

/** What the server says of itself; the part that the page shows. */
interface HealthReply {
  readonly status: 'ok' | 'loading' | 'no_model' | 'failed';
  readonly message?: string;
  readonly models?: readonly {
    readonly id: string;
    readonly roles: readonly string[];
    readonly device?: string;
  }[];
}

const shape = record(
  { status: oneOf('ok', 'loading', 'no_model', 'failed') },
  { message: text, models: list(record({ id: text, roles: list(text) }, { device: text })) },
);

/** @returns `undefined` for what isn't such a reply */
export function healthStatus(value: unknown, words: BrowserWords): ChatViewStatus | undefined {
  if (!shape(value)) return undefined;
  const { status, message, models = [] } = value as HealthReply;
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
