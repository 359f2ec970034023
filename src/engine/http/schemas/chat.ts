import { z } from 'zod';
import { samplingFields } from './sampling.js';

/** `POST /chat` */
export const chat = z.object({
  prompt: z.string().refine((text) => text.trim() !== '', 'is empty'),
  max_tokens: samplingFields.max_tokens,
  temperature: samplingFields.temperature,
  seed: samplingFields.seed,
  stop: samplingFields.stop,
  truncate: samplingFields.truncate,
  session: z
    .string()
    .min(1)
    .max(128)
    .nullish()
    .describe('goes on with the conversation of this name, and its KV cache'),
  system: z.string().nullish().describe('what the model is told about itself before the conversation'),
  thinking: z.enum(['auto', 'on', 'off']).nullish(),
  stream: z
    .boolean()
    .nullish()
    .describe('server-sent events; so does the header "Accept: text/event-stream"'),
});

export type ChatBody = z.infer<typeof chat>;
