import { open } from 'node:fs/promises';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { z } from 'zod';

/** Of a large project. */
const MAX_BYTES = 20_000_000;
const MAX_LEVELS = 12;

const COMMANDS = z.array(
  z.object({
    directory: z.string(),
    file: z.string(),
    arguments: z.array(z.string()).optional(),
    command: z.string().optional(),
  }),
);

/** Flags with a folder or a file after them, in the next argument or in the same. */
const WITH_PATH = ['-I', '-isystem', '-iquote', '-idirafter', '-include'];
/** Flags that say which language it is and what is defined. All others are left out: some of them load plugins. */
const ALONE =
  /^-(?:D.+|U.+|std=[\w+:]+|m(?:32|64)|pthread|fno-exceptions|fno-rtti|fms-extensions|W(?:all|extra|pedantic))$/;

/** How the project compiles a file, by the nearest compile_commands.json; none where it doesn't name the file. */
export async function compileFlags(path: string): Promise<readonly string[]> {
  let folder = dirname(path);
  for (let level = 0; level < MAX_LEVELS && folder !== dirname(folder); level++, folder = dirname(folder)) {
    for (const place of ['', 'build']) {
      const text = await textOf(join(folder, place, 'compile_commands.json'));
      if (text !== undefined) return flagsIn(text, path);
    }
  }
  return [];
}

function flagsIn(text: string, path: string): readonly string[] {
  const { data = [] } = COMMANDS.safeParse(jsonOf(text));
  const entry = data.find(({ directory, file }) => resolve(directory, file) === path);
  if (entry === undefined) return [];
  const args = entry.arguments ?? wordsOf(entry.command ?? '');
  const flags: string[] = [];
  for (const [index, arg] of args.entries()) {
    const flag = WITH_PATH.find((name) => arg.startsWith(name));
    if (flag !== undefined) {
      const value = arg.length > flag.length ? arg.slice(flag.length) : args[index + 1];
      if (value !== undefined) flags.push(flag, isAbsolute(value) ? value : join(entry.directory, value));
    } else if (ALONE.test(arg)) flags.push(arg);
  }
  return flags;
}

/** Words of a command line as a POSIX shell splits them, as far as compile commands use it. */
function wordsOf(command: string): string[] {
  const words = command.match(/(?:[^\s"'\\]|\\[^]|"(?:[^"\\]|\\[^])*"|'[^']*')+/g) ?? [];
  return words.map((word) =>
    word.replace(
      /'([^']*)'|"((?:[^"\\]|\\[^])*)"|\\([^])/g,
      (_, single?: string, double?: string, escaped?: string) =>
        single ?? double?.replace(/\\(["\\$`])/g, '$1') ?? escaped ?? '',
    ),
  );
}

async function textOf(path: string): Promise<string | undefined> {
  try {
    const file = await open(path);
    try {
      if ((await file.stat()).size > MAX_BYTES) return undefined;
      return await file.readFile('utf8');
    } finally {
      await file.close();
    }
  } catch {
    return undefined; // most projects have none
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // being written just now
  }
}
