import type { GenerationChunk, GenerationResult, GenerationRequest } from '../serving/generationRequest.js';
import type { RouteDeps } from './routes/route.js';
import { withTimeLimit } from './timeLimit.js';

/** Has a text written for a route: within the time, and counted. */
export async function generateFor(
  { generation, metrics, maxMs }: Pick<RouteDeps, 'generation' | 'metrics' | 'maxMs'>,
  request: GenerationRequest,
  signal: AbortSignal,
  onPiece: (piece: GenerationChunk) => void = () => undefined,
): Promise<GenerationResult> {
  const result = await withTimeLimit(maxMs, signal, (limited) =>
    generation.generate(request, limited, onPiece),
  );
  metrics.text(result);
  return result;
}
