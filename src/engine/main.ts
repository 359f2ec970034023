/** Entry of the engine process. Builds nothing itself: `server.ts` connects the parts. */
import manifest from '../../package.json' with { type: 'json' };
import { serve } from './lsp/server.js';

serve(manifest.version);
