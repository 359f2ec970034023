import type { Command } from 'commander';
import type { CatalogueModel } from '../../engine/catalogue/catalogue.js';
import type { DownloadResult } from '../../engine/catalogue/downloader.js';
import { unusableModel } from '../../engine/model/loadFailure.js';
import { byteText } from '../byteText.js';
import type { CommandContext } from '../commandContext.js';
import { attemptSummary } from '../errorText.js';
import { isJson, writeJson } from '../jsonOutput.js';
import { ProgressDisplay } from '../progressDisplay.js';

interface GetOptions {
  readonly acceptLicence?: boolean;
  readonly source: readonly string[];
}

export function addModelGet(model: Command, context: CommandContext): void {
  model
    .command('get <id>')
    .description('download a model; resumes an interrupted download')
    .option('--accept-licence', 'accept the licence, for a model that requires it')
    .option(
      '--source <name|url>',
      'download source: huggingface, hf-mirror, modelscope, pypi, or the address of a mirror; can be repeated',
      (value: string, earlier: readonly string[]) => [...earlier, value],
      [],
    )
    .action(async (id: string, options: GetOptions, command: Command) => {
      const wanted = context.catalogue.models.find((candidate) => candidate.id === id);
      if (wanted === undefined) throw unusableModel({ kind: 'unknownModel', name: id });
      const result = await get(wanted, options, context);
      if (isJson(command)) writeJson(context.terminal, { id, ...result });
      else context.terminal.writeResult(`${result.path}\n`);
    });
}

async function get(
  model: CatalogueModel,
  { acceptLicence, source }: GetOptions,
  { terminal, signal, downloader, installed }: CommandContext,
): Promise<DownloadResult> {
  const isThere = (await installed.list()).some(({ id, isInstalled }) => id === model.id && isInstalled);
  if (!isThere) terminal.writeNote(`${introduce(model)}\n`);
  const mayAsk = model.licence.mustAccept && acceptLicence !== true && !isThere && terminal.canAsk;
  const licenceAccepted = mayAsk ? await askForLicence(terminal, signal) : acceptLicence === true;
  const display = new ProgressDisplay(terminal);
  try {
    const result = await downloader(source).download(model, {
      licenceAccepted,
      signal,
      onProgress: (progress) => display.show(progress),
      onAttemptFailed: (attempt) => {
        display.clear();
        terminal.writeNote(`${attemptSummary(attempt)}\n`);
      },
    });
    display.clear();
    const state = result.source === 'installed' ? 'already installed' : `installed, from ${result.source}`;
    terminal.writeNote(`${model.id} is ${state} (${byteText(result.sizeBytes)})\n`);
    return result;
  } catch (error) {
    display.clear();
    if (signal.aborted)
      terminal.writeNote('Stopped. The partial download is kept: run the same command again to resume it.\n');
    throw error;
  }
}

/** The licence is named before a byte is fetched. */
function introduce({ name, sizeBytes, licence }: CatalogueModel): string {
  const size = sizeBytes > 0 ? byteText(sizeBytes) : 'size known once the download starts';
  return `${name}, ${size}\nLicence: ${licence.name}, ${licence.url}`;
}

async function askForLicence(terminal: CommandContext['terminal'], signal: AbortSignal): Promise<boolean> {
  const answer = await terminal.ask('Have you read this licence, and do you accept it? [y/N] ', signal);
  return /^y(?:es)?$/i.test(answer.trim());
}
