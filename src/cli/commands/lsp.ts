import type { Command } from 'commander';
import { serve } from '../../engine/server.js';

export function addLsp(program: Command, version: string): void {
  program
    .command('lsp')
    .description('the engine as a language server, for any editor')
    .requiredOption('--stdio', 'speak over standard input and output')
    .action(() => {
      serve(version);
      // The server ends the process, in its protocol's own way.
      return new Promise<void>(() => undefined);
    });
}
