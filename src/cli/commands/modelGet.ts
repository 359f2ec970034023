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
    .description('download a model; goes on where an earlier download stopped')
    .option('--accept-licence', 'agree to the licence, for a model that asks for it')
    .option(
      '--source <name|url>',
      'where from: huggingface, hf-mirror, modelscope, pypi, or the address of a hub’s mirror; may be repeated',
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
    const state = result.source === 'installed' ? 'installed already' : `installed, from ${result.source}`;
    terminal.writeNote(`${model.id} is ${state} (${byteText(result.sizeBytes)})\n`);
    return result;
  } catch (error) {
    display.clear();
    if (signal.aborted)
      terminal.writeNote('Stopped. What is complete is kept: the same command goes on from there.\n');
    throw error;
  }
}

/** The licence is named before a byte is fetched. */
function introduce({ name, sizeBytes, licence }: CatalogueModel): string {
  const size = sizeBytes > 0 ? byteText(sizeBytes) : 'its size is known once a hub has been asked';
  return `${name}, ${size}\nLicence: ${licence.name}, ${licence.url}`;
}

async function askForLicence(terminal: CommandContext['terminal'], signal: AbortSignal): Promise<boolean> {
  const answer = await terminal.ask('Have you read this licence, and do you agree to it? [y/N] ', signal);
  return /^y(?:es)?$/i.test(answer.trim());
}
