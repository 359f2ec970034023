import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { COMMAND_IDS } from '../../../src/extension/commands.js';
import { manifest, manifestSettings, root } from '../support/manifest.js';
import { sourceCalls } from '../support/sourceCalls.js';

const { contributes } = manifest;
const commands = contributes.commands.map(({ command }) => command);
const calls = sourceCalls(join(root, 'src/extension'));
/** VS Code creates this command for the view. */
const FOCUS = 'youtu.chat.focus';

describe('package.json', () => {
  it('names the commands that the extension registers, and no others', () => {
    // The type of the handlers makes the extension register exactly these.
    assert.deepEqual([...commands].sort(), [...COMMAND_IDS].sort());
    const registered = calls.filter(({ callee }) => callee.endsWith('registerCommand'));
    assert.equal(registered.length, 1);
  });

  it('gives each command a translated title and the category', () => {
    for (const { command, title, category } of contributes.commands) {
      assert.equal(title, `%command.${command.replace('youtu.', '')}%`);
      assert.equal(category, 'Youtu Code');
    }
  });

  it('has only existing commands and submenus in its menus', () => {
    const submenus = contributes.submenus.map(({ id }) => id);
    for (const [menu, entries] of Object.entries(contributes.menus))
      for (const { command, submenu } of entries) {
        if (command !== undefined) assert.ok(commands.includes(command), `${menu}: ${command}`);
        else assert.ok(submenus.includes(submenu ?? ''), `${menu}: ${submenu ?? 'nothing'}`);
      }
    for (const id of submenus) assert.ok((contributes.menus[id] ?? []).length > 0, id);
  });

  for (const system of ['linux', 'windows', 'mac'] as const)
    it(`binds no key that VS Code binds itself: ${system}`, () => {
      // As “Open Default Keyboard Shortcuts (JSON)” of VS Code 1.139 lists them.
      const defaults = JSON.parse(
        readFileSync(join(root, 'test/fixtures/vscodeDefaultKeys.json'), 'utf8'),
      ) as Readonly<Record<typeof system, readonly string[]>>;
      const taken = new Set(defaults[system].map(canonicalKey));
      assert.ok(taken.has(canonicalKey(system === 'mac' ? 'cmd+k cmd+s' : 'ctrl+k ctrl+s')));
      for (const { key, mac } of contributes.keybindings) {
        const own = system === 'mac' ? (mac ?? key) : key;
        assert.ok(!taken.has(canonicalKey(own)), own);
        // Nor may it be the beginning of a chord.
        for (const each of taken) assert.ok(!each.startsWith(`${canonicalKey(own)} `), own);
      }
    });

  it('binds keys to its own commands, where they can do something', () => {
    assert.ok(contributes.keybindings.length > 0);
    for (const { command, when } of contributes.keybindings) {
      assert.ok(commands.includes(command), command);
      assert.match(
        when,
        /editorTextFocus && (!editorReadonly|youtu\.preview\.\w+ && resourceScheme == youtu-preview)$/,
      );
    }
  });

  it('uses only context keys that the extension sets', () => {
    const views = Object.values(contributes.views).flatMap((all) => all.map(({ id }) => id));
    const conditions = [
      ...Object.values(contributes.menus).flatMap((entries) => entries.map(({ when }) => when)),
      ...contributes.commands.map(({ enablement }) => enablement),
      ...contributes.keybindings.map(({ when }) => when),
    ];
    const usedKeys = conditions
      .flatMap((condition) => condition?.match(/youtu\.[\w.]+/g) ?? [])
      .filter((key) => !views.includes(key));
    const set = calls
      .filter(({ callee, texts: [id] }) => callee.endsWith('executeCommand') && id === 'setContext')
      .map(({ texts: [, key] }) => key);
    for (const key of new Set(usedKeys)) assert.ok(set.includes(key), key);
  });

  it('names only existing files', () => {
    const files = [
      manifest.icon,
      ...contributes.viewsContainers.activitybar.map(({ icon }) => icon),
      ...Object.values(contributes.views).flatMap((all) => all.map(({ icon }) => icon)),
      ...contributes.languages.map(({ configuration }) => configuration),
      ...contributes.grammars.map(({ path }) => path),
      ...contributes.walkthroughs.flatMap(({ steps }) => steps.map(({ media }) => media.svg)),
    ];
    for (const file of files) assert.ok(existsSync(join(root, file)), file);
  });

  it('has an icon of at least 128 pixels', () => {
    const png = readFileSync(join(root, manifest.icon));
    assert.equal(png.toString('latin1', 1, 4), 'PNG');
    assert.ok(png.readUInt32BE(16) >= 128 && png.readUInt32BE(16) === png.readUInt32BE(20));
  });

  it('activates only after VS Code’s startup', () => {
    assert.deepEqual(manifest.activationEvents, ['onStartupFinished']);
  });

  it('links only to existing commands and settings', () => {
    for (const name of ['package.nls.json', 'package.nls.zh-cn.json']) {
      const text = readFileSync(join(root, name), 'utf8');
      for (const [, id = ''] of text.matchAll(/\(command:([\w.]+)/g))
        if (isCommandId(id)) assert.ok(id === FOCUS || commands.includes(id), `${name}: ${id}`);
      for (const [, id = ''] of text.matchAll(/`#([^#]+)#`/g))
        assert.ok(id in manifestSettings, `${name}: ${id}`);
    }
  });
});

describe('the walkthrough', () => {
  /** What the extension sets with `setContext`. */
  const contextKeys = new Set(
    readdirSync(join(root, 'src/extension'), { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.ts'))
      .flatMap((path) => [
        ...readFileSync(join(root, 'src/extension', path), 'utf8').matchAll(/'setContext',\s*'([\w.]+)'/g),
      ])
      .map(([, key = '']) => key),
  );
  const steps = contributes.walkthroughs.flatMap((walkthrough) => walkthrough.steps);

  it('completes each step by an event that can occur', () => {
    for (const { id, completionEvents } of steps) {
      assert.ok(completionEvents.length > 0, id);
      for (const event of completionEvents) {
        const [, kind = '', name = ''] = /^(\w+):(.+)$/.exec(event) ?? [];
        if (kind === 'onCommand' && isCommandId(name)) assert.ok(commands.includes(name), event);
        else if (kind === 'onContext') assert.ok(contextKeys.has(name), `${event} is never set`);
        else assert.ok(['onCommand', 'onView'].includes(kind), event);
      }
    }
  });

  for (const { id, media } of steps)
    it(`takes the colours of the picture “${id}” from the theme`, () => {
      const svg = readFileSync(join(root, media.svg), 'utf8');
      const colours = [...svg.matchAll(/\b(?:fill|stroke)="([^"]*)"/g)].map(([, colour]) => colour ?? '');
      for (const colour of colours) assert.match(colour, /^(none|var\(--vscode-.*\))$/);
      // VS Code's page for walkthroughs allows no styles but its own.
      assert.doesNotMatch(svg, /<style|\sstyle=/);
    });
});

function isCommandId(text: string | undefined): boolean {
  return text?.startsWith('youtu.') ?? false;
}

/** Modifiers in one order: VS Code writes `shift+alt+y`, and accepts `alt+shift+y`. */
function canonicalKey(key: string): string {
  return key
    .split(' ')
    .map((part) => part.split('+').sort().join('+'))
    .join(' ');
}
