import type { CommandCompletions, Values } from './completionTable.js';

/** Completion for bash 3.2 and later; macOS has 3.2. */
export function bashScript(places: readonly CommandCompletions[]): string {
  const valued = places.flatMap(({ path, options }) =>
    options.flatMap(({ flags, values }) =>
      values === undefined ? [] : [{ pattern: alternatives(path, flags), values }],
    ),
  );
  const inner = places.filter(({ path }) => path !== '').map(({ path }) => quoted(path));
  return `# Completion of youtu for bash. In ~/.bashrc: source <(youtu completion bash)
_youtu() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}"
  local path='' word next skips='' index IFS=$'\\n'
  COMPREPLY=()
  for ((index = 1; index < COMP_CWORD; index++)); do
    word="\${COMP_WORDS[index]}"
    if [[ -n $skips ]]; then skips=''; continue; fi
    case "$path $word" in
      ${valued.map(({ pattern }) => pattern).join(' |\\\n      ')}) skips=1; continue ;;
    esac
    next="\${path:+$path }$word"
    case "$next" in
      ${inner.join(' | ')}) path="$next" ;;
    esac
  done
  case "$path $previous" in
${valued.map(({ pattern, values }) => `    ${pattern}) ${give(values)} return ;;`).join('\n')}
  esac
  if [[ $current == -* ]]; then
    case "$path" in
${places.map(({ path, options }) => `      ${quoted(path)}) ${give({ words: options.flatMap(({ flags }) => flags), files: false })} ;;`).join('\n')}
    esac
    return
  fi
  case "$path" in
${places.map(({ path, commands, argument }) => `    ${quoted(path)}) ${give({ words: [...commands.map(({ word }) => word), ...argument.words], files: argument.files })} ;;`).join('\n')}
  esac
}
complete -F _youtu youtu
`;
}

function alternatives(path: string, flags: readonly string[]): string {
  return flags.map((flag) => quoted(`${path} ${flag}`)).join(' | ');
}

/** Shell code that offers the words that begin like the current one. */
function give({ words, files }: Values): string {
  const names = files ? ' $(compgen -f -- "$current")' : '';
  const list = words.length === 0 ? '' : `$(compgen -W ${quoted(words.join('\n'))} -- "$current")`;
  if (names === '' && list === '') return ':;';
  // Where the shell supports it, a slash is appended to names of folders.
  const marks = files ? ' compopt -o filenames 2> /dev/null;' : '';
  return `COMPREPLY=(${list}${names});${marks}`;
}

function quoted(text: string): string {
  const safe = text.replaceAll("'", "'\\\\''");
  return text.includes('\n') ? `$'${safe.replaceAll('\n', '\\n')}'` : `'${safe}'`;
}
