import type { Command } from 'commander';
import { serve } from '../../engine/lsp/server.js';
import type { CommandContext } from '../commandContext.js';
import { lspClientAdapter } from '../lsp/lspClientAdapter.js';

export function addLsp(program: Command, { signal }: CommandContext, version: string): void {
  program
    .command('lsp')
    .description('run the engine as a language server, for any editor')
    .requiredOption('--stdio', 'communicate over standard input and output')
    .action(() => {
      serve(version, lspClientAdapter);
      // Editors end a server that doesn't answer by a signal; nothing is to be tidied up.
      signal.addEventListener('abort', () => process.exit(1));
      // The server ends the process, in its protocol's own way.
      return new Promise<void>(() => undefined);
    });
}
