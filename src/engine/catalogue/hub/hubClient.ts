import { EngineError, EngineErrorCode, type DownloadAttempt } from '../../../protocol/errors.js';
import { AttemptFailed } from '../download/downloadSource.js';
import { HttpClient } from '../download/httpClient.js';
import {
  readHuggingFace,
  readModelIds,
  readModelScope,
  readModelScopeLicence,
  readRefs,
  type HubRepository,
} from './hubAnswers.js';
import { pageUrl, type HubEndpoint } from './hubEndpoints.js';
import { formatHubName, type HubKind, type HubName } from './hubName.js';

/** A repository's list of files is some 100 kB; the largest repositories have several MB. */
const MAX_ANSWER_BYTES = 16 << 20;
const MAX_NEAR = 5;

/** Makes the client that asks one endpoint. @param token for that endpoint's own origin */
export type ClientFor = (endpoint: HubEndpoint, token?: string) => HttpClient;

export const clientFor: ClientFor = (endpoint, token) =>
  new HttpClient(undefined, {
    token: token === undefined ? undefined : { origin: new URL(endpoint.url).origin, token },
  });

/** Asks hubs what a repository has. */
export class HubClient {
  constructor(
    private readonly endpoints: readonly HubEndpoint[],
    private readonly token: string | undefined,
    private readonly makeClient: ClientFor = clientFor,
  ) {}

  /**
   * The repository at a revision, from the first endpoint that answers.
   * @throws EngineError `hubNotFound`, `hubAccess` or `hubUnreachable`, or the signal's reason
   */
  async repository(name: HubName, signal: AbortSignal): Promise<HubRepository> {
    const attempts: DownloadAttempt[] = [];
    let refusal: { readonly endpoint: HubEndpoint; readonly error: AttemptFailed } | undefined;
    for (const endpoint of this.endpoints) {
      try {
        return await this.ask(endpoint, name, signal);
      } catch (error) {
        signal.throwIfAborted();
        if (!(error instanceof AttemptFailed)) throw error;
        const { reason, detail } = error;
        attempts.push({ source: endpoint.name, target: listUrl(endpoint, name), reason, detail });
        // The hub's own word on what there is counts for more than a mirror's.
        if (isRefusal(error, name.hub) && (refusal === undefined || endpoint.isHub))
          refusal = { endpoint, error };
      }
    }
    if (refusal === undefined) throw failure({ kind: 'hubUnreachable', name: formatHubName(name), attempts });
    throw await this.refused(refusal.endpoint, name, refusal.error, signal);
  }

  private async ask(endpoint: HubEndpoint, name: HubName, signal: AbortSignal): Promise<HubRepository> {
    const read = async (client: HttpClient): Promise<HubRepository> => {
      const text = await client.text(listUrl(endpoint, name), MAX_ANSWER_BYTES, signal);
      if (name.hub === 'hf') return readHuggingFace(text, name.repository);
      const listed = readModelScope(text, name.repository, name.revision ?? 'master');
      const card = `${endpoint.url}/api/v1/models/${name.repository}`;
      const licence = await this.optional(client, card, readModelScopeLicence, '', signal);
      return { ...listed, licence };
    };
    const token = this.tokenFor(endpoint);
    try {
      return await read(this.makeClient(endpoint, token));
    } catch (error) {
      // A token that has run out is refused for public repositories too.
      const isTokenRefused = error instanceof AttemptFailed && error.refusal?.status === 401;
      if (token === undefined || !isTokenRefused) throw error;
      return read(this.makeClient(endpoint)).catch(() => {
        throw error;
      });
    }
  }

  private tokenFor({ isHub }: HubEndpoint): string | undefined {
    return isHub ? this.token : undefined;
  }

  private async refused(
    endpoint: HubEndpoint,
    name: HubName,
    { refusal }: AttemptFailed,
    signal: AbortSignal,
  ): Promise<EngineError> {
    const { status = 404, hubCode = '' } = refusal ?? {};
    const full = formatHubName(name);
    const client = this.makeClient(endpoint, this.tokenFor(endpoint));
    if (hubCode === 'RevisionNotFound' || (status === 404 && hubCode === '' && name.revision !== undefined)) {
      const refs = `${endpoint.url}/api/models/${name.repository}/refs`;
      const revisions = name.hub === 'hf' ? await this.optional(client, refs, readRefs, [], signal) : [];
      const near = revisions.slice(0, MAX_NEAR).map((revision) => formatHubName({ ...name, revision }));
      return failure({ kind: 'hubNotFound', name: full, what: 'revision', near });
    }
    // Without a token, a repository that doesn't exist is answered with 401 as a private one is.
    if (status === 404 || (hubCode === 'RepoNotFound' && this.token === undefined)) {
      const near = await this.nearRepositories(client, endpoint, name, signal);
      return failure({ kind: 'hubNotFound', name: full, what: 'repository', near });
    }
    return accessFailure(name, this.token !== undefined);
  }

  private async nearRepositories(
    client: HttpClient,
    endpoint: HubEndpoint,
    name: HubName,
    signal: AbortSignal,
  ): Promise<readonly string[]> {
    if (name.hub !== 'hf') return [];
    const wanted = name.repository.split('/')[1] ?? '';
    const query = new URLSearchParams({ search: wanted, limit: String(MAX_NEAR), filter: 'gguf' });
    const found = await this.optional(
      client,
      `${endpoint.url}/api/models?${query.toString()}`,
      readModelIds,
      [],
      signal,
    );
    return found.slice(0, MAX_NEAR).map((repository) => `hf:${repository}`);
  }

  /** What only makes a sentence better isn't worth an error of its own. */
  private async optional<T>(
    client: HttpClient,
    url: string,
    read: (text: string) => T,
    otherwise: T,
    signal: AbortSignal,
  ): Promise<T> {
    try {
      return read(await client.text(url, MAX_ANSWER_BYTES, signal));
    } catch {
      signal.throwIfAborted();
      return otherwise;
    }
  }
}

/** The repository is there, but not for this user. */
export function accessFailure(name: HubName, hasToken: boolean): EngineError {
  return failure({
    kind: 'hubAccess',
    name: formatHubName(name),
    reason: hasToken ? 'tokenRefused' : 'needsToken',
    pageUrl: pageUrl(name.hub, name.repository),
  });
}

/** Where a file lies at an endpoint. @param revision a commit, so that it is the file whose hash is known */
export function fileUrl(
  { url }: HubEndpoint,
  { hub, repository }: HubName,
  revision: string,
  file: string,
): string {
  if (hub === 'hf')
    return `${url}/${repository}/resolve/${encodeURIComponent(revision)}/${file.split('/').map(encodeURIComponent).join('/')}`;
  return `${url}/api/v1/models/${repository}/repo?${new URLSearchParams({ Revision: revision, FilePath: file }).toString()}`;
}

function listUrl({ url }: HubEndpoint, { hub, repository, revision }: HubName): string {
  if (hub === 'hf')
    return `${url}/api/models/${repository}/revision/${encodeURIComponent(revision ?? 'main')}?blobs=true`;
  const query = new URLSearchParams({ Revision: revision ?? 'master', Recursive: 'True' });
  return `${url}/api/v1/models/${repository}/repo/files?${query.toString()}`;
}

/** Whether the hub itself says no; a firewall in between answers 403 too, but without the hub's code. */
export function isRefusal({ reason, refusal }: AttemptFailed, hub: HubKind): boolean {
  if (reason === 'notFound' || refusal?.status === 401) return true;
  return reason === 'forbidden' && (hub === 'modelscope' || refusal?.hubCode !== '');
}

function failure(data: ConstructorParameters<typeof EngineError>[1]): EngineError {
  return new EngineError(EngineErrorCode.downloadFailed, data);
}
