import type { Command } from 'commander';
import type { ModelEntry } from '../../protocol/model.js';
import { byteText } from '../byteText.js';
import type { CommandContext } from '../commandContext.js';
import { isJson, writeJson } from '../jsonOutput.js';

export function addModelList(model: Command, { terminal, installed, folder }: CommandContext): void {
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
