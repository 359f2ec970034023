import type { TextPiece, TextResult, GenerationRequest } from '../serving/generationRequest.js';
import type { RouteDeps } from './routes/route.js';
import { withTimeLimit } from './timeLimit.js';

/** Has a text written for a route: within the time, and counted. */
export async function writeText(
  { texts, metrics, mostMs }: Pick<RouteDeps, 'texts' | 'metrics' | 'mostMs'>,
  wish: GenerationRequest,
  signal: AbortSignal,
  onPiece: (piece: TextPiece) => void = () => undefined,
): Promise<TextResult> {
  const result = await withTimeLimit(mostMs, signal, (limited) => texts.write(wish, limited, onPiece));
  metrics.text(result);
  return result;
}
