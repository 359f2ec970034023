import type { CatalogueModel } from '../catalogue.js';
import { AttemptFailed, type DownloadJob, type DownloadSource, type FileFacts } from './downloadSource.js';
import { HttpClient } from './httpClient.js';

/** How often a connection that was cut is taken up again, as long as each one brought bytes. */
const RESUMPTIONS = 5;

/** A server that answers file requests with Range: a model hub, its mirror, or a plain web server. */
export class HttpSource implements DownloadSource {
  constructor(
    readonly name: string,
    private readonly urlFor: (model: CatalogueModel) => string | undefined,
    private readonly client: HttpClient = new HttpClient(),
  ) {}

  targetFor(model: CatalogueModel): string | undefined {
    return this.urlFor(model);
  }

  extraBytesFor(): number {
    return 0;
  }

  async factsOf(model: CatalogueModel, signal: AbortSignal): Promise<FileFacts | undefined> {
    const url = this.urlFor(model);
    if (url === undefined) return undefined;
    try {
      const response = await this.client.get(url, 0, signal);
      response.close();
      return response.facts;
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof AttemptFailed) return undefined;
      throw error;
    }
  }

  async fetch(job: DownloadJob): Promise<void> {
    const url = this.urlFor(job.model);
    if (url === undefined) throw new AttemptFailed('noSource', `${this.name} has no ${job.model.id}`);
    for (let resumed = 0; ; resumed++) {
      const before = job.partial.size;
      try {
        await this.transfer(url, job);
        return;
      } catch (error) {
        const wasCut =
          error instanceof AttemptFailed && (error.reason === 'interrupted' || error.reason === 'timeout');
        if (!wasCut || job.partial.size <= before || resumed === RESUMPTIONS) throw error;
      }
    }
  }

  private async transfer(url: string, job: DownloadJob): Promise<void> {
    const { partial, signal } = job;
    job.report('connecting');
    let response = await this.client.get(url, partial.size, signal);
    try {
      await job.learn(response.facts);
      if (partial.size !== response.firstByte) {
        // The bytes that are here were of another file, or the server doesn't do ranges: from the start, then.
        await partial.truncate(0);
        if (response.firstByte > 0) {
          response.close();
          response = await this.client.get(url, 0, signal);
        }
      }
      for await (const chunk of response.chunks()) {
        await job.checkLock();
        await partial.append(chunk);
        job.report('downloading');
      }
    } finally {
      response.close();
    }
  }
}

/** The hub's own way to name a file, which its mirrors share. */
export function hubSource(name: string, baseUrl: string, client?: HttpClient): HttpSource {
  const base = baseUrl.replace(/\/+$/, '');
  return new HttpSource(
    name,
    ({ sources: { hub } }) =>
      hub === undefined
        ? undefined
        : `${base}/${hub.repository}/resolve/main/${encodeURIComponent(hub.file)}`,
    client,
  );
}
