/** Entry of the engine process. Builds nothing itself: `server.ts` connects the parts. */
import manifest from '../../package.json' with { type: 'json' };
import { serve } from './server.js';

serve(manifest.version);
