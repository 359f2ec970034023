import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** VS Code's own chat and its welcome would cover what there is to see. Settings that are there already stay. */
const SETTINGS = {
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'chat.commandCenter.enabled': false,
  'extensions.ignoreRecommendations': true,
  'files.simpleDialog.enable': true,
  'git.openRepositoryInParentFolders': 'never',
};

export function writeWorkbenchSettings(userData) {
  const file = join(userData, 'User', 'settings.json');
  if (existsSync(file)) return;
  mkdirSync(join(userData, 'User'), { recursive: true });
  writeFileSync(file, `${JSON.stringify(SETTINGS, null, 2)}\n`);
}
