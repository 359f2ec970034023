/** What a package's test script says beyond the name of its framework: without it, its tests may not even load. */
import type { FrameworkId } from './framework.js';
import { packageFacts } from './packageFacts.js';

export interface ScriptOptions {
  /** Of Node. */
  readonly node: readonly string[];
  /** Of the framework's own command. */
  readonly tool: readonly string[];
  /** Node's own test runner, started by tsx. */
  readonly isTsx: boolean;
  /** Mocha, started by ts-mocha, which compiles TypeScript. */
  readonly isTsMocha: boolean;
}

const NONE: ScriptOptions = { node: [], tool: [], isTsx: false, isTsMocha: false };
/** Options that say how files are loaded, with their values. */
const LOADING = /^(?:-r|--require|--import|--loader|--experimental-loader|--conditions|-C)(?:=|$)/;
const NODE_FLAG = /^--(?:experimental-[\w-]+|enable-source-maps|no-warnings)(?:=|$)/;
const TOOL_VALUE =
  /^(?:-r|--require|--import|--loader|--extension|--ui|-u|--config|-c|--project|--workspace|--root)(?:=|$)/;
/** Of ts-mocha, whose `-p` is no flag as Mocha's is. */
const TS_MOCHA_VALUE = /^(?:-p|--project|-r|--require|--extension|--ui|-u|--config)(?:=|$)/;
const TS_MOCHA_FLAG = /^--(?:paths|type-check|esm)$/;
const PROGRAM: Readonly<Partial<Record<FrameworkId, RegExp>>> = {
  vitest: /^(?:.*\/)?vitest(?:\.mjs)?$/,
  jest: /^(?:.*\/)?jest(?:\.js)?$/,
  mocha: /^(?:.*\/)?(?:_|ts-)?mocha(?:\.js)?$/,
  ava: /^(?:.*\/)?ava$/,
  'node:test': /^(?:node|tsx)$/,
};

/** @param manifest text of a package.json */
export function scriptOptions(id: FrameworkId, manifest: string): ScriptOptions {
  const program = PROGRAM[id];
  if (program === undefined) return NONE;
  const { scripts, names } = packageFacts(manifest);
  for (const command of scripts.split(/\n|&&|\|\||[;|]/)) {
    const words = wordsIn(command);
    const at = words.findIndex((word) => program.test(word));
    if (at < 0 || (id === 'node:test' && !words.includes('--test'))) continue;
    const isNode = id === 'node:test';
    const before = words.slice(0, at).flatMap(fromEnvironment);
    const after = words.slice(at + 1);
    const isTsMocha = /ts-mocha$/.test(words[at] ?? '');
    const tool = isTsMocha ? optionsIn(after, TS_MOCHA_VALUE, TS_MOCHA_FLAG) : optionsIn(after, TOOL_VALUE);
    return {
      node: isNode ? optionsIn(after, LOADING, NODE_FLAG) : optionsIn(before, LOADING, NODE_FLAG),
      tool: isNode ? [] : tool,
      isTsx: isNode && words[at] === 'tsx',
      isTsMocha,
    };
  }
  return { ...NONE, isTsMocha: id === 'mocha' && names.has('ts-mocha') };
}

function wordsIn(command: string): readonly string[] {
  return [...command.matchAll(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g)].map(([word]) => word.replaceAll(/["']/g, ''));
}

/** `NODE_OPTIONS=--experimental-vm-modules`, with or without cross-env. */
function fromEnvironment(word: string): readonly string[] {
  const [, value] = /^NODE_OPTIONS=(.*)$/.exec(word) ?? [];
  return value === undefined ? [word] : value.split(/\s+/);
}

/** The options of some kinds among words; the rest are files, or options that only change what is shown. */
function optionsIn(words: readonly string[], withValue: RegExp, flag?: RegExp): readonly string[] {
  return words.flatMap((word, index) => {
    if (flag?.test(word) === true) return [word];
    if (!withValue.test(word)) return [];
    const next = words[index + 1];
    return word.includes('=') || next === undefined ? [word] : [word, next];
  });
}
