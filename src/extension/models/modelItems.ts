import * as vscode from 'vscode';
import type { ModelRole } from '../../protocol/errors.js';
import type { ModelEntry } from '../../protocol/model.js';
import type { EngineState } from '../engine/engineClient.js';
import { readSetting } from '../settings.js';
import { bytes } from './modelFileText.js';
import { describeEntry } from './modelText.js';

/** A line of a picker about a model of the list. */
export interface ModelItem extends vscode.QuickPickItem {
  readonly entry: ModelEntry;
}

/** What each role uses now, by a model's id or path: what is loaded, else what the settings name. */
export function modelsInUse({ state }: { readonly state: EngineState }): ReadonlyMap<ModelRole, string> {
  const used = new Map<ModelRole, string>();
  for (const role of ['completion', 'chat'] as const) {
    const name = readSetting(`model.${role}`);
    if (name !== 'auto') used.set(role, name);
  }
  const status = state.kind === 'running' ? state.status : undefined;
  if (status?.kind === 'ready' || status?.kind === 'working')
    for (const { id, roles } of status.models) for (const role of roles) used.set(role, id);
  return used;
}

/** Installed models first, what is in use on top; then those to download, the one that suits this machine on top. */
export function modelItems(
  entries: readonly ModelEntry[],
  used: ReadonlyMap<ModelRole, string>,
): readonly (ModelItem | vscode.QuickPickItem)[] {
  const installed = entries.filter(({ isInstalled }) => isInstalled);
  const others = entries.filter(({ isInstalled }) => !isInstalled);
  return [
    ...group(vscode.l10n.t('on this machine'), installed, used),
    ...group(vscode.l10n.t('to download'), others, used),
  ];
}

function group(
  label: string,
  entries: readonly ModelEntry[],
  used: ReadonlyMap<ModelRole, string>,
): readonly (ModelItem | vscode.QuickPickItem)[] {
  if (entries.length === 0) return [];
  const items = entries.map((entry) => modelItem(entry, used));
  const rank = ({ entry, isUsed }: RankedItem): number =>
    isUsed ? 0 : (entry.recommendedFor ?? []).length > 0 ? 1 : entry.fit?.place === 'none' ? 3 : 2;
  const sorted = [...items].sort((one, other) => rank(one) - rank(other));
  return [{ label, kind: vscode.QuickPickItemKind.Separator }, ...sorted];
}

interface RankedItem extends ModelItem {
  readonly isUsed: boolean;
}

function modelItem(entry: ModelEntry, used: ReadonlyMap<ModelRole, string>): RankedItem {
  const roles = [...used]
    .filter(([, name]) => name === entry.id || name === entry.path)
    .map(([role]) => role);
  const icon = roles.length > 0 ? 'check' : entry.isInstalled ? 'device-desktop' : 'cloud-download';
  const description = [
    entry.sizeBytes > 0 ? bytes(entry.sizeBytes) : '',
    entry.licence.name,
    roles.length > 0 ? inUseText(roles) : '',
    (entry.recommendedFor ?? []).length > 0 && roles.length === 0 ? vscode.l10n.t('recommended') : '',
  ];
  return {
    label: `$(${icon}) ${entry.name}`,
    description: description.filter((part) => part !== '').join(' · '),
    detail: describeEntry(entry),
    entry,
    isUsed: roles.length > 0,
  };
}

function inUseText(roles: readonly ModelRole[]): string {
  if (roles.length > 1) return vscode.l10n.t('in use');
  return roles[0] === 'completion'
    ? vscode.l10n.t('in use for ghost text')
    : vscode.l10n.t('in use for chat and fixes');
}
