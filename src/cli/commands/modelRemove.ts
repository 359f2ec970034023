import type { Command } from 'commander';
import type { CommandContext } from '../commandContext.js';
import { isJson, writeJson } from '../jsonOutput.js';

export function addModelRemove(model: Command, { terminal, installed }: CommandContext): void {
  model
    .command('remove <id>')
    .description('delete a model or its partial download')
    .action(async (id: string, _options: unknown, command: Command) => {
      await installed.remove(id);
      if (isJson(command)) writeJson(terminal, { id, isRemoved: true });
      else terminal.writeNote(`Removed ${id}\n`);
    });
}
