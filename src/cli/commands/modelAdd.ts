import type { Command } from 'commander';
import { addModelFile } from '../../engine/catalogue/addModelFile.js';
import { expandHome } from '../../engine/catalogue/modelsFolder.js';
import type { CommandContext } from '../commandContext.js';
import { isJson, writeJson } from '../jsonOutput.js';

export function addModelAdd(model: Command, { terminal, folder, signal }: CommandContext): void {
  model
    .command('add <path>')
    .description('check a GGUF file and add it to the models folder')
    .action(async (path: string, _options: unknown, command: Command) => {
      const added = await addModelFile(expandHome(path), folder, signal);
      if (isJson(command)) writeJson(terminal, added);
      else terminal.writeResult(`${added.path}\n`);
    });
}
