import type { Model, Sampling } from '../model/model.js';

/** Greedy decoding loops in long answers: this is as near to it as a chat gets. */
const LOWEST_TEMPERATURE = 0.05;

const FAMILIES: readonly {
  readonly fits: (model: SampledModel) => boolean;
  readonly sampling: (thinking: boolean) => Sampling;
}[] = [
  {
    // Youtu-LLM; its makers' values.
    fits: ({ architecture, id }) => architecture === 'deepseek2' || /youtu/i.test(id),
    sampling: (thinking) =>
      thinking
        ? { temperature: 1, topP: 0.95, topK: 20, repeatPenalty: 1.05 }
        : { temperature: 0.7, topP: 0.8, topK: 20, repeatPenalty: 1.05 },
  },
  {
    fits: ({ architecture }) => architecture.startsWith('qwen'),
    sampling: (thinking) =>
      thinking
        ? { temperature: 0.6, topP: 0.95, topK: 20, repeatPenalty: 1.05 }
        : { temperature: 0.7, topP: 0.8, topK: 20, repeatPenalty: 1.05 },
  },
  {
    fits: ({ id }) => /smollm/i.test(id),
    sampling: () => ({ temperature: 0.2, topP: 0.9, repeatPenalty: 1.1 }),
  },
];
const OTHERS: Sampling = { temperature: 0.7, topP: 0.9, topK: 40, repeatPenalty: 1.05 };

type SampledModel = Pick<Model, 'architecture' | 'id'>;

/**
 * How a chat's tokens are chosen.
 * @param temperature the user's; negative or absent = the model family's own
 */
export function chatSampling(
  model: SampledModel,
  thinking: boolean,
  { temperature, seed }: { readonly temperature?: number; readonly seed?: number } = {},
): Sampling {
  const own = FAMILIES.find(({ fits }) => fits(model))?.sampling(thinking) ?? OTHERS;
  return {
    ...own,
    ...(temperature === undefined || temperature < 0
      ? {}
      : { temperature: Math.max(LOWEST_TEMPERATURE, temperature) }),
    ...(seed === undefined ? {} : { seed }),
  };
}
