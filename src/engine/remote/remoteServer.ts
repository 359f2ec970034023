import type { EngineErrorData } from '../../protocol/errors.js';
import { EngineError } from '../../protocol/errors.js';
import type { EngineSettings } from '../../protocol/settings.js';
import type { InstalledModel } from '../catalogue/modelFile.js';
import type { Model } from '../model/model.js';
import { Circuit } from './circuit.js';
import { remoteFailure } from './remoteFailure.js';
import { RemoteHttp, type RemoteHttpOptions } from './remoteHttp.js';
import { RemoteModel } from './remoteModel.js';
import { ServerAddress } from './serverAddress.js';
import { askServer, type ServerFacts } from './serverFacts.js';

/** The value of a model's setting that means the server's. */
export const REMOTE = 'remote';
const PATH_START = 'remote:';

export function isRemotePath(path: string): boolean {
  return path.startsWith(PATH_START);
}

export interface RemoteServerDeps {
  readonly settings: () => Pick<EngineSettings, 'remoteUrl' | 'remoteModel'>;
  readonly log: (level: string, message: string) => void;
  /** For what the settings leave open; tests have none. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  readonly http?: Omit<RemoteHttpOptions, 'address' | 'key'>;
  readonly circuit?: () => Circuit;
}

/** What is known of the server at one URL. */
interface Known {
  readonly url: string;
  readonly model: string;
  readonly circuit: Circuit;
  address: ServerAddress | undefined;
  facts: ServerFacts | undefined;
  asking: Promise<ServerFacts> | undefined;
}

/** The server that the settings name: asked once what it is, left alone for a while when it fails. */
export class RemoteServer {
  private known: Known | undefined;
  private givenKey = '';

  constructor(private readonly deps: RemoteServerDeps) {}

  /** Never logged, never in a report. */
  setKey(key: string): void {
    if (key === this.givenKey) return;
    this.givenKey = key;
    // Another key may be let in.
    this.known = undefined;
  }

  /**
   * The model that answers at the server.
   * @returns why the server isn't used now, if so
   */
  async model(): Promise<InstalledModel | { readonly problem: EngineError }> {
    const known = this.current();
    const { circuit } = known;
    if (circuit.state === 'open' && circuit.lastFailure !== undefined)
      return { problem: circuit.lastFailure };
    try {
      const wasOpen = circuit.state === 'halfOpen';
      if (wasOpen) known.facts = undefined;
      const { model } = await this.factsOf(known);
      if (wasOpen) this.deps.log('info', `the server ${known.address?.host ?? ''} answers again`);
      if (wasOpen) circuit.succeeded();
      return { id: model, path: `${PATH_START}${String(known.address)}#${model}` };
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      circuit.failed(error, true);
      this.deps.log('warn', `the server of the remote model: ${describe(error.data)}`);
      return { problem: error };
    }
  }

  /** @throws EngineError `remoteFailed` */
  async open(path: string): Promise<Model> {
    const known = this.current();
    const facts = await this.factsOf(known);
    const address = this.addressOf(known);
    return new RemoteModel({ path, http: this.http(address), facts, circuit: known.circuit });
  }

  private current(): Known {
    const { settings, environment = process.env, circuit = () => new Circuit() } = this.deps;
    const { remoteUrl, remoteModel } = settings();
    const url = remoteUrl.trim() === '' ? (environment['YOUTU_REMOTE_URL'] ?? '') : remoteUrl;
    const model = remoteModel.trim() === '' ? (environment['YOUTU_REMOTE_MODEL'] ?? '') : remoteModel;
    if (this.known?.url !== url || this.known.model !== model)
      this.known = {
        url,
        model,
        circuit: circuit(),
        address: undefined,
        facts: undefined,
        asking: undefined,
      };
    return this.known;
  }

  private addressOf(known: Known): ServerAddress {
    if (known.url === '') throw remoteFailure('', 'notSet');
    return (known.address ??= new ServerAddress(known.url));
  }

  private async factsOf(known: Known): Promise<ServerFacts> {
    if (known.facts !== undefined) return known.facts;
    const http = this.http(this.addressOf(known));
    known.asking ??= askServer(http, known.model.trim(), new AbortController().signal).finally(() => {
      known.asking = undefined;
      void http.close();
    });
    const facts = await known.asking;
    const { kind, model, contextTokens, infill = 'none' } = facts;
    this.deps.log('info', `${http.host} is ${kind}: ${model}, context ${contextTokens}, infill by ${infill}`);
    return (known.facts = facts);
  }

  private http(address: ServerAddress): RemoteHttp {
    return new RemoteHttp({ ...this.deps.http, address, key: () => this.key });
  }

  private get key(): string {
    const { environment = process.env } = this.deps;
    return this.givenKey === '' ? (environment['YOUTU_REMOTE_KEY'] ?? '').trim() : this.givenKey;
  }
}

function describe(data: EngineErrorData): string {
  return data.kind === 'remoteFailed' ? `${data.host} ${data.reason} ${data.detail}`.trim() : data.kind;
}
