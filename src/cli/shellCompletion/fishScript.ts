import type { CommandCompletions, OptionSuggestion, Values } from './completionTable.js';

/** Completion for fish. */
export function fishScript(places: readonly CommandCompletions[]): string {
  const valued = [
    ...new Set(
      places.flatMap(({ options }) => options.filter(({ values }) => values).flatMap(({ flags }) => flags)),
    ),
  ];
  const paths = places.map(({ path }) => path).filter((path) => path !== '');
  return `# Completion of youtu for fish: youtu completion fish > ~/.config/fish/completions/youtu.fish
function __youtu_path
    set -l path ''
    set -l skips ''
    for word in (commandline -opc)[2..]
        if test -n "$skips"
            set skips ''
            continue
        end
        if contains -- $word ${valued.join(' ')}
            set skips 1
            continue
        end
        set -l next (string trim -- "$path $word")
        if contains -- "$next" ${paths.map(quoted).join(' ')}
            set path "$next"
        end
    end
    echo "$path"
end
complete -c youtu -f
${places.flatMap((place) => linesOf(place)).join('\n')}
`;
}

function linesOf({ path, commands, options, argument }: CommandCompletions): string[] {
  const start = `complete -c youtu -n ${quoted(`test (__youtu_path) = "${path}"`)}`;
  return [
    ...commands.map(({ word, description }) => `${start} -a ${quoted(word)} -d ${quoted(description)}`),
    ...options.map((option) => `${start}${optionText(option)}`),
    ...(argument.words.length > 0 || argument.files ? [`${start}${valuesText(argument)}`] : []),
  ];
}

function optionText({ flags, description, values }: OptionSuggestion): string {
  const names = flags.map((flag) =>
    flag.startsWith('--') ? ` -l ${flag.slice(2)}` : ` -s ${flag.slice(1)}`,
  );
  return `${names.join('')} -d ${quoted(description)}${values === undefined ? '' : ` -r${valuesText(values)}`}`;
}

function valuesText({ words, files }: Values): string {
  const list = words.length === 0 ? '' : ` -a ${quoted(words.join(' '))}`;
  return `${files ? ' -F' : ''}${list}`;
}

function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
