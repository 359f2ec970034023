import { createHash } from 'node:crypto';
import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import * as z from 'zod/mini';
import type { CatalogueModel } from '../catalogue.js';
import { folderError } from '../modelsFolder.js';
import { partPath, partsBase } from '../../model/gguf/modelParts.js';
import { pageUrl } from './hubEndpoints.js';
import type { HubChoice } from './hubFiles.js';
import { quantOf } from './hubFiles.js';
import { formatHubName, parseHubName, type HubName } from './hubName.js';

const ENDING = '.hub.json';

const RECORD = z.object({
  /** In full, with the file: the model's id. */
  name: z.string(),
  /** Commit. */
  revision: z.string(),
  licence: z.object({ name: z.string(), url: z.string(), mustAccept: z.boolean() }),
  files: z.array(
    z.object({
      /** In the repository. */
      path: z.string(),
      /** In the models folder. */
      fileName: z.string().check(z.regex(/^[^/\\]+\.gguf$/i)),
      sizeBytes: z.number(),
      sha256: z.optional(z.string()),
      /** Where a hub gives each file a commit of its own. */
      revision: z.optional(z.string()),
    }),
  ),
});

/** To what a model from a hub is pinned, kept beside its first file from the first byte on. */
export type HubRecord = z.infer<typeof RECORD>;

/** Makes the record of a choice. @param place the repository as it was asked for, in the hub's own case */
export function recordOf(
  place: HubName,
  revision: string,
  licence: HubRecord['licence'],
  { files }: HubChoice,
): HubRecord {
  const { hub, repository } = place;
  const asked = place.revision === undefined ? {} : { revision: place.revision };
  const name: HubName = { hub, repository, ...asked, file: files[0]?.path ?? '' };
  const base = localName(name);
  return {
    name: formatHubName(name),
    revision,
    licence,
    files: files.map((file, index) => ({
      ...file,
      fileName: files.length === 1 ? `${base}.gguf` : partPath(base, index + 1, files.length),
    })),
  };
}

/** The files of a model as the downloader and the checks know models, with their hashes. */
export function modelsOf({ name, licence, files }: HubRecord): readonly CatalogueModel[] {
  return files.map(({ fileName, sizeBytes, sha256 }) => ({
    id: name,
    name,
    fileName,
    sizeBytes,
    ...(sha256 === undefined ? {} : { sha256 }),
    memoryBytes: 0,
    roles: ['completion', 'chat'],
    isStarter: false,
    licence,
    sources: {},
  }));
}

export function originOf({ name, revision }: HubRecord) {
  const place = parseHubName(name);
  const repository = place?.repository ?? '';
  return { name, repository, revision, pageUrl: place === undefined ? '' : pageUrl(place.hub, repository) };
}

/** Whether a record is what a name asks for; a name without file and quantization asks for any of its repository. */
export function isAskedFor(record: HubRecord, wanted: HubName): boolean {
  const has = parseHubName(record.name);
  if (has?.hub !== wanted.hub || has.repository.toLowerCase() !== wanted.repository.toLowerCase())
    return false;
  const revisions = [has.revision, record.revision];
  if (wanted.revision !== undefined ? !revisions.includes(wanted.revision) : has.revision !== undefined)
    return false;
  const paths = record.files.map(({ path }) => path.toLowerCase());
  if (wanted.file !== undefined) return paths.includes(wanted.file.toLowerCase());
  const quant = quantOf(paths[0] ?? '');
  const name = wanted.quant?.toUpperCase();
  return name === undefined || quant === name || quant === `UD-${name}`;
}

/** The records in a folder, sorted by name. One that can't be read is passed over: its file shows up as the user's own. */
export async function readRecords(folder: string): Promise<readonly HubRecord[]> {
  const names = await readdir(folder).catch(() => []);
  const records = await Promise.all(
    names.filter((name) => name.endsWith(ENDING)).map((name) => readRecord(join(folder, name))),
  );
  return records
    .filter((record) => record !== undefined)
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

/** @throws EngineError when the folder can't be written */
export async function writeRecord(folder: string, record: HubRecord): Promise<void> {
  const path = recordPathOf(folder, record);
  const temporary = `${path}.${process.pid}`;
  try {
    await writeFile(temporary, JSON.stringify(record, null, 1));
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw folderError(folder, error);
  }
}

export function recordPathOf(folder: string, { files }: HubRecord): string {
  return join(folder, `${files[0]?.fileName ?? ''}${ENDING}`);
}

async function readRecord(path: string): Promise<HubRecord | undefined> {
  try {
    const read = RECORD.safeParse(JSON.parse(await readFile(path, 'utf8')));
    const isSound = read.success && `${read.data.files[0]?.fileName ?? ''}${ENDING}` === basename(path);
    return isSound && parseHubName(read.data.name)?.file !== undefined ? read.data : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The file's name in the models folder, without its ending: repositories share file names, so theirs is in it. Where
 * that isn't one to one (`--` in a name, a revision, other signs) a hash of the id tells them apart.
 */
function localName(name: HubName): string {
  const { hub, repository, revision, file = '' } = name;
  const path = partsBase(file) === undefined ? file.replace(/\.gguf$/i, '') : pathBase(file);
  const parts = [
    hub,
    ...repository.split('/'),
    ...(revision === undefined ? [] : [revision]),
    ...path.split('/'),
  ];
  const plain = parts.join('--');
  const isPlain =
    plain.length <= 150 && /^[\w.-]+$/.test(plain) && !parts.some((part) => part.includes('--'));
  if (isPlain && revision === undefined) return plain;
  const hash = createHash('sha256').update(formatHubName(name)).digest('hex').slice(0, 8);
  return `${plain.replace(/[^\w.-]+/g, '_').slice(0, 150)}-${hash}`;
}

/** The path of a split model without its part's number. */
function pathBase(file: string): string {
  const base = partsBase(file) ?? '';
  return `${file.slice(0, file.length - basename(file).length)}${base}`;
}
