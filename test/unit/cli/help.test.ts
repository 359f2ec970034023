import assert from 'node:assert/strict';
import { createContext } from '../../../src/cli/commandContext.js';
import { runCli } from '../../../src/cli/runCli.js';
import { FakeTerminal } from './support/fakeTerminal.js';

async function helpOf(path: readonly string[]): Promise<string> {
  const terminal = new FakeTerminal();
  const context = createContext(terminal, new AbortController().signal, '/nowhere');
  assert.equal(await runCli([...path, '--help'], context, '1.2.3'), 0);
  return terminal.results;
}

/** The help of a command and of all commands below it. */
async function helpBelow(path: readonly string[]): Promise<Map<string, string>> {
  const help = await helpOf(path);
  const names = [...(help.split('Commands:\n')[1] ?? '').matchAll(/^ {2}(\w+)/gm)].map(
    ([, name]) => name ?? '',
  );
  const all = new Map([[path.join(' '), help]]);
  for (const name of names.filter((each) => each !== 'help'))
    for (const entry of await helpBelow([...path, name])) all.set(...entry);
  return all;
}

describe('the help of all commands', () => {
  let all: Map<string, string>;
  before(async () => (all = await helpBelow([])));

  it('is found for nested commands too', () => {
    assert.match(all.get('model get') ?? '', /--source/);
  });

  it('prints no empty default', () => {
    for (const [path, help] of all) assert.doesNotMatch(help, /default: (?:\[\]|\{\}|""|null|\))/, path);
  });
});
