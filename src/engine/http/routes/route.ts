import type { Hono } from 'hono';
import type { ModelRole } from '../../../protocol/errors.js';
import type { StatusReporter } from '../../status/statusReporter.js';
import type { GenerationService } from '../../serving/generationService.js';
import type { Metrics } from '../metrics.js';
import type { Sessions } from '../sessions.js';

/** What routes answer with. */
export interface RouteDeps {
  readonly generation: GenerationService;
  readonly sessions: Sessions;
  readonly metrics: Metrics;
  readonly status: Pick<StatusReporter, 'current' | 'models'>;
  readonly version: string;
  /** Tokens of each text's context. */
  readonly contextTokens: number;
  /** Milliseconds that one request may take. */
  readonly maxMs: number;
}

/** Adds a route to the server. */
export type AddRoute = (app: Hono, deps: RouteDeps) => void;

/** The model that answers for a role, as far as it is loaded. */
export function modelName({ status }: Pick<RouteDeps, 'status'>, role: ModelRole): string {
  return status.models.find(({ roles }) => roles.includes(role))?.id ?? '';
}
