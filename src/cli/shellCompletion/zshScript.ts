import type { CommandCompletions, Values } from './completionTable.js';

/** Completion for zsh. */
export function zshScript(places: readonly CommandCompletions[]): string {
  const valued = places.flatMap(({ path, options }) =>
    options.flatMap(({ flags, values }) =>
      values === undefined
        ? []
        : [{ pattern: flags.map((flag) => quoted(`${path} ${flag}`)).join('|'), values }],
    ),
  );
  const inner = places.filter(({ path }) => path !== '').map(({ path }) => quoted(path));
  return `#compdef youtu
# Completion of youtu for zsh. In ~/.zshrc, after compinit: source <(youtu completion zsh)
_youtu() {
  local current="\${words[CURRENT]}" previous="\${words[CURRENT-1]}" where='' word next skips='' index
  local -a found
  for ((index = 2; index < CURRENT; index++)); do
    word="\${words[index]}"
    if [[ -n $skips ]]; then skips=''; continue; fi
    case "$where $word" in
      ${valued.map(({ pattern }) => `(${pattern}) skips=1; continue ;;`).join('\n      ')}
    esac
    next="\${where:+$where }$word"
    case "$next" in
      (${inner.join('|')}) where="$next" ;;
    esac
  done
  case "$where $previous" in
${valued.map(({ pattern, values }) => `    (${pattern}) ${give(values)} return ;;`).join('\n')}
  esac
  if [[ $current == -* ]]; then
    case "$where" in
${places.map(({ path, options }) => `      (${quoted(path)}) found=(${options.flatMap(({ flags, description }) => flags.map((flag) => described(flag, description))).join(' ')}) ;;`).join('\n')}
    esac
    _describe option found
    return
  fi
  case "$where" in
${places.map((place) => `    (${quoted(place.path)}) ${giveArguments(place)} ;;`).join('\n')}
  esac
}
compdef _youtu youtu
`;
}

function giveArguments({ commands, argument }: CommandCompletions): string {
  if (commands.length === 0) return give(argument);
  const found = commands.map(({ word, description }) => described(word, description));
  return `found=(${found.join(' ')}); _describe command found;`;
}

function give({ words, files }: Values): string {
  const list = words.length === 0 ? '' : `compadd -- ${words.map(quoted).join(' ')};`;
  return `${list}${files ? ' _files;' : ''}`.trim() || ':;';
}

/** zsh takes the text before the colon as the word. */
function described(word: string, description: string): string {
  return quoted(`${word.replaceAll(':', '\\:')}:${description}`);
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
