import type { Command } from 'commander';
import { checkGguf } from '../../engine/model/gguf/ggufCheck.js';
import { checkMemory } from '../../engine/model/loadFailure.js';
import { machineMemory } from '../../engine/model/machineMemory.js';
import type { CommandContext } from '../commandContext.js';
import { isJson, writeJson } from '../commandOptions.js';
import { byteText } from '../terminal/format.js';

/** `youtu model check`. */
export function addModelCheck(model: Command, { terminal, installed }: CommandContext): void {
  model
    .command('check <path>')
    .description(
      'check whether a GGUF file, or a model by its id, is whole and can be loaded on this machine',
    )
    .action(async (path: string, _options: unknown, command: Command) => {
      const { path: file } = await installed.find(path);
      const result = await checkGguf(file);
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
