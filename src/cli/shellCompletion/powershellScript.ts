import type { CommandCompletions, Values } from './completionTable.js';

/** Completion for PowerShell. */
export function powershellScript(places: readonly CommandCompletions[]): string {
  return `# Completion of youtu for PowerShell. In $PROFILE: youtu completion powershell | Out-String | Invoke-Expression
Register-ArgumentCompleter -Native -CommandName youtu -ScriptBlock {
  param($current, $line, $cursor)
  $places = @{
${places.map((place) => `    ${quoted(place.path)} = ${placeText(place)}`).join('\n')}
  }
  $words = @($line.CommandElements | Select-Object -Skip 1 | Where-Object { $_.Extent.EndOffset -lt $cursor } | ForEach-Object { $_.ToString() })
  $path = ''
  $values = $null
  foreach ($word in $words) {
    if ($null -ne $values) { $values = $null; continue }
    if ($places[$path].Values.ContainsKey($word)) { $values = $places[$path].Values[$word]; continue }
    $next = "$path $word".Trim()
    if ($places.ContainsKey($next)) { $path = $next }
  }
  $place = $places[$path]
  if ($null -ne $values) { $found = $values.Words; $files = $values.Files }
  elseif ($current -like '-*') { $found = $place.Options; $files = $false }
  else { $found = $place.Words; $files = $place.Files }
  $found | Where-Object { $_ -like "$current*" } | ForEach-Object {
    [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
  }
  if ($files) { [System.Management.Automation.CompletionCompleters]::CompleteFilename($current) }
}
`;
}

function placeText({ commands, options, argument }: CommandCompletions): string {
  const values = options.flatMap((option) =>
    option.values === undefined
      ? []
      : option.flags.map((flag) => `${quoted(flag)} = ${valuesText(option.values ?? argument)}`),
  );
  const words = [...commands.map(({ word }) => word), ...argument.words];
  return `@{ Words = ${list(words)}; Files = ${boolean(argument.files)}; Options = ${list(options.flatMap(({ flags }) => flags))}; Values = @{ ${values.join('; ')} } }`;
}

function valuesText({ words, files }: Values): string {
  return `@{ Words = ${list(words)}; Files = ${boolean(files)} }`;
}

const list = (words: readonly string[]): string => `@(${words.map(quoted).join(', ')})`;
const boolean = (value: boolean): string => (value ? '$true' : '$false');
const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;
