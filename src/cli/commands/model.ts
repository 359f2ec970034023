import type { Command } from 'commander';
import { addModelFile } from '../../engine/catalogue/addModelFile.js';
import { expandHome } from '../../engine/catalogue/modelsFolder.js';
import type { ModelEntry } from '../../protocol/model.js';
import type { CommandContext } from '../commandContext.js';
import { isJson, writeJson } from '../commandOptions.js';
import { byteText } from '../terminal/format.js';
import { addModelCheck } from './modelCheck.js';
import { addModelGet, addModelUpdate } from './modelGet.js';

/** `youtu model list`, `get`, `update`, `add`, `remove` and `check`. */
export function addModel(program: Command, context: CommandContext): void {
  const model = program.command('model').description('manage the models on this machine');
  addModelList(model, context);
  addModelGet(model, context);
  addModelUpdate(model, context);
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
  const estimate = entry.isMemoryEstimated === true ? 'about ' : '';
  const memory = entry.memoryBytes > 0 ? `${estimate}${byteText(entry.memoryBytes)} of memory` : '';
  const context = entry.contextTokens === undefined ? '' : `${entry.contextTokens} tokens`;
  const revision = entry.source === undefined ? '' : `revision ${entry.source.revision.slice(0, 12)}`;
  const roles = entry.roles.join(', ');
  return [entry.id, stateOf(entry), size, memory, context, roles, entry.licence.name, revision];
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
