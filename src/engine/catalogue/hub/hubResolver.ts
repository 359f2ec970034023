import { EngineError, EngineErrorCode } from '../../../protocol/errors.js';
import type { ModelEntry, ModelResolveResult } from '../../../protocol/model.js';
import { unusableModel } from '../../model/loadFailure.js';
import type { HubRepository } from './hubAnswers.js';
import { HubClient, type ClientFor } from './hubClient.js';
import { pageUrl, type HubEndpoint } from './hubEndpoints.js';
import { choicesOf, fitting, pathOf, type HubChoice } from './hubFiles.js';
import { formatHubName, isHubName, parseHubName, type HubKind, type HubName } from './hubName.js';
import { recordOf, type HubRecord } from './hubRecord.js';
import { licenceOf } from './licences.js';

/** Finds out what a name means at a hub, before a byte of a model is fetched. */
export class HubResolver {
  constructor(
    private readonly endpoints: (hub: HubKind) => readonly HubEndpoint[],
    private readonly clientFor?: ClientFor,
  ) {}

  /** What a repository has. @throws EngineError, or the signal's reason */
  async resolve(
    name: HubName,
    token: string | undefined,
    installed: ReadonlySet<string>,
    signal: AbortSignal,
  ): Promise<ModelResolveResult> {
    const { repository, place } = await this.ask(name, token, signal);
    const choices = choicesOf(repository.files);
    const [chosen, ...others] = fitting(choices, name);
    const licence = licenceIn(place, repository);
    return {
      repository: repository.repository,
      revision: repository.revision,
      pageUrl: pageUrl(name.hub, repository.repository),
      licence: { ...licence, isGated: repository.isGated },
      choices: choices.map((choice) => {
        const id = idOf(place, choice);
        const { files, quant, sizeBytes } = choice;
        return { name: id, files, quant, sizeBytes, isInstalled: installed.has(id) };
      }),
      chosen: chosen === undefined || others.length > 0 ? -1 : choices.indexOf(chosen),
    };
  }

  /** The one model that a name means, with all that it will be pinned to. @throws EngineError, or the signal's reason */
  async choose(name: HubName, token: string | undefined, signal: AbortSignal): Promise<HubRecord> {
    const { repository, place } = await this.ask(name, token, signal);
    const choices = choicesOf(repository.files);
    const found = fitting(choices, name);
    const [choice] = found;
    const full = formatHubName(name);
    const all = choices.map((other) => idOf(place, other));
    if (choice === undefined) throw failure({ kind: 'hubNotFound', name: full, what: 'file', near: all });
    if (found.length > 1)
      throw failure({ kind: 'hubAmbiguous', name: full, choices: found.map((other) => idOf(place, other)) });
    return recordOf(place, repository.revision, licenceIn(place, repository), choice);
  }

  private async ask(
    name: HubName,
    token: string | undefined,
    signal: AbortSignal,
  ): Promise<{ readonly repository: HubRepository; readonly place: HubName }> {
    const client = new HubClient(this.endpoints(name.hub), token, this.clientFor);
    const repository = await client.repository(name, signal);
    const asked = name.revision === undefined ? {} : { revision: name.revision };
    return { repository, place: { hub: name.hub, repository: repository.repository, ...asked } };
  }
}

/** @throws EngineError `badHubName`, or `unknownModel` for a name that isn't meant for a hub */
export function nameOf(text: string): HubName {
  const name = parseHubName(text);
  if (name !== undefined) return name;
  throw unusableModel(
    isHubName(text) ? { kind: 'badHubName', name: text } : { kind: 'unknownModel', name: text },
  );
}

function idOf(place: HubName, choice: HubChoice): string {
  return formatHubName({ ...place, file: pathOf(choice) });
}

function licenceIn({ hub }: HubName, repository: HubRepository): ModelEntry['licence'] {
  return licenceOf(repository.licence, repository.licenceUrl ?? pageUrl(hub, repository.repository));
}

function failure(data: ConstructorParameters<typeof EngineError>[1]): EngineError {
  return new EngineError(EngineErrorCode.downloadFailed, data);
}
