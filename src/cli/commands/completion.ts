import { Argument, type Command } from 'commander';
import type { CommandContext } from '../commandContext.js';
import { bashScript } from '../shellCompletion/bashScript.js';
import { completionTable, type CommandCompletions } from '../shellCompletion/completionTable.js';
import { fishScript } from '../shellCompletion/fishScript.js';
import { powershellScript } from '../shellCompletion/powershellScript.js';
import { zshScript } from '../shellCompletion/zshScript.js';

const SCRIPTS = {
  bash: bashScript,
  zsh: zshScript,
  fish: fishScript,
  powershell: powershellScript,
} satisfies Record<string, (places: readonly CommandCompletions[]) => string>;

export function addCompletion(program: Command, { terminal, catalogue }: CommandContext): void {
  program
    .command('completion')
    .description('print a completion script for a shell; its first lines say how to install it')
    .addArgument(new Argument('<SHELL>', 'the shell').choices(Object.keys(SCRIPTS)))
    .action((shell: keyof typeof SCRIPTS) => {
      const ids = catalogue.models.map(({ id }) => id);
      terminal.writeResult(SCRIPTS[shell](completionTable(program, ids)));
    });
}
