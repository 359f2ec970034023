import type { Command } from 'commander';
import { nameOf } from '../../engine/catalogue/hub/hubResolver.js';
import { isHubName } from '../../engine/catalogue/hub/hubName.js';
import { checkGguf } from '../../engine/model/gguf/ggufCheck.js';
import { checkMemory } from '../../engine/model/loadFailure.js';
import { machineMemory } from '../../engine/model/machineMemory.js';
import type { CommandContext } from '../commandContext.js';
import { isJson, writeJson } from '../commandOptions.js';
import { byteText } from '../terminal/format.js';

/** `youtu model check`. */
export function addModelCheck(model: Command, { terminal, installed, hub }: CommandContext): void {
  model
    .command('check <path>')
    .description(
      'check whether a GGUF file, or a model by its id, is whole and can be loaded on this machine',
    )
    .action(async (path: string, _options: unknown, command: Command) => {
      const { path: file } = await installed.find(path);
      const result = await checkGguf(file);
      checkMemory(result.path, result.sizeBytes, await machineMemory());
      const pinned = isHubName(path) ? await hub([]).pinned(nameOf(path)) : undefined;
      const revision = pinned?.revision;
      if (isJson(command)) {
        writeJson(terminal, revision === undefined ? result : { ...result, revision });
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
          ...(revision === undefined ? [] : [`revision       ${revision}`]),
          '',
        ].join('\n'),
      );
    });
}
