import type { TextPiece, TextResult, TextWish } from '../text/textWish.js';
import type { RouteMeans } from './routes/route.js';
import { withTimeLimit } from './timeLimit.js';

/** Has a text written for a route: within the time, and counted. */
export async function writeText(
  { texts, metrics, mostMs }: Pick<RouteMeans, 'texts' | 'metrics' | 'mostMs'>,
  wish: TextWish,
  signal: AbortSignal,
  onPiece: (piece: TextPiece) => void = () => undefined,
): Promise<TextResult> {
  const result = await withTimeLimit(mostMs, signal, (limited) => texts.write(wish, limited, onPiece));
  metrics.text(result);
  return result;
}
