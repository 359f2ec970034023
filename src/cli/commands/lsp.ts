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
      // Editors end a server that hangs by a signal; there is nothing to clean up.
      signal.addEventListener('abort', () => process.exit(1));
      // The server ends the process on LSP's `exit`.
      return new Promise<void>(() => undefined);
    });
}
