import type { Command } from 'commander';
import type { CommandContext } from '../commandContext.js';
import { isJson, writeJson } from '../jsonOutput.js';

export function addModelRemove(model: Command, { terminal, installed }: CommandContext): void {
  model
    .command('remove <id>')
    .description('delete a model, or what a stopped download left of it')
    .action(async (id: string, _options: unknown, command: Command) => {
      await installed.remove(id);
      if (isJson(command)) writeJson(terminal, { id, isRemoved: true });
      else terminal.writeNote(`${id} is removed\n`);
    });
}
