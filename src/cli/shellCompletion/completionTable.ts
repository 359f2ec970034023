import type { Argument, Command, Option } from 'commander';

/** What can be written in one place. */
export interface Values {
  readonly words: readonly string[];
  /** Whether file names are possible too. */
  readonly files: boolean;
}

export interface Suggestion {
  readonly word: string;
  readonly description: string;
}

export interface OptionSuggestion {
  /** `--model`, and the short form if there is one. */
  readonly flags: readonly string[];
  readonly description: string;
  /** Present when the option takes a value. */
  readonly values?: Values;
}

/** What can be written after one command. */
export interface CommandCompletions {
  /** The commands so far, without the program's name: empty, `model`, `model get` … */
  readonly path: string;
  readonly commands: readonly Suggestion[];
  readonly options: readonly OptionSuggestion[];
  readonly argument: Values;
}

const NOTHING: Values = { words: [], files: false };

/**
 * Everything that can be completed, from the program's commands.
 * @param ids the values where the help says ID
 */
export function completionTable(program: Command, ids: readonly string[]): readonly CommandCompletions[] {
  const everywhere = optionsOf(program, ids).filter(({ flags }) => !flags.includes('--version'));
  const places: CommandCompletions[] = [];
  const visit = (command: Command, path: string): void => {
    const [argument] = command.registeredArguments;
    const own = optionsOf(command, ids);
    const commands = command.commands.map((child) => ({
      word: child.name(),
      description: child.description(),
    }));
    places.push({
      path,
      commands,
      options: command === program ? own : [...own, ...everywhere],
      argument: argument === undefined ? NOTHING : valuesOf(argument, argument.name(), ids),
    });
    for (const child of command.commands)
      visit(child, path === '' ? child.name() : `${path} ${child.name()}`);
  };
  visit(program, '');
  return places;
}

function optionsOf(command: Command, ids: readonly string[]): OptionSuggestion[] {
  const { options } = command;
  const own = options.filter(({ hidden }) => !hidden).map((option) => suggestionFor(option, ids));
  return command.parent === null ? [...own, { flags: ['--help', '-h'], description: 'show help' }] : own;
}

function suggestionFor(option: Option, ids: readonly string[]): OptionSuggestion {
  const { long, short, flags, description } = option;
  const names = [long, short].filter((name) => typeof name === 'string');
  const takesValue = option.required || option.optional;
  return {
    flags: names,
    description,
    ...(takesValue ? { values: valuesOf(option, flags, ids) } : {}),
  };
}

/** @param placeholder what the help calls the value: `ID`, `PATH`, `FILE:LINE:COLUMN` … */
function valuesOf(
  { argChoices }: Pick<Option | Argument, 'argChoices'>,
  placeholder: string,
  ids: readonly string[],
): Values {
  if (argChoices !== undefined) return { words: argChoices, files: false };
  const parts = (/<(.*)>|\[(.*)\]/.exec(placeholder)?.[1] ?? placeholder).toUpperCase().split(/[^A-Z]+/);
  return {
    words: parts.includes('ID') ? ids : [],
    files: parts.includes('PATH') || parts.includes('FILE'),
  };
}
