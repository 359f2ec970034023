import { HttpClient } from '../../../../../src/engine/catalogue/download/httpClient.js';
import type { HubEndpoint } from '../../../../../src/engine/catalogue/hub/hubEndpoints.js';
import { HubModels } from '../../../../../src/engine/catalogue/hub/hubModels.js';

const TIMEOUTS = { connectMs: 5_000, answerMs: 1_500, stallMs: 1_500 };

/** Models of stand-in hubs. @param onWait is told how long a busy hub would be waited for */
export function hubModelsOf(
  folder: () => string,
  endpoints: readonly HubEndpoint[],
  onWait: (ms: number) => void,
  freeBytes?: number,
): HubModels {
  return new HubModels({
    folder,
    sources: () => [],
    endpoints: () => endpoints,
    clientFor: ({ url }, token) =>
      new HttpClient(TIMEOUTS, {
        token: token === undefined ? undefined : { origin: new URL(url).origin, token },
        sleep: (ms) => {
          onWait(ms);
          return Promise.resolve();
        },
      }),
    ...(freeBytes === undefined ? {} : { freeBytes: () => Promise.resolve(freeBytes) }),
  });
}
