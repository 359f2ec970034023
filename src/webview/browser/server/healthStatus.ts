import * as z from 'zod/mini';
import type { ChatViewStatus } from '../../../protocol/chatView.js';
import type { BrowserWords } from '../words/browserWords.js';

/** The server's reply to `GET /health`; the part that the page shows. */
const healthReply = z.looseObject({
  status: z.enum(['ok', 'loading', 'no_model', 'failed']),
  message: z.optional(z.string()),
  models: z.optional(
    z.array(z.looseObject({ id: z.string(), roles: z.array(z.string()), device: z.optional(z.string()) })),
  ),
});

/** @returns `undefined` for what isn't such a reply */
export function healthStatus(value: unknown, words: BrowserWords): ChatViewStatus | undefined {
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
