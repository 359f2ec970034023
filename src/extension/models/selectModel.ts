import * as vscode from 'vscode';
import type { ModelRole } from '../../protocol/errors.js';
import { ModelCheckRequest, ModelListRequest, type ModelEntry } from '../../protocol/model.js';
import type { EngineClient } from '../engine/engineClient.js';
import { writeSetting } from '../settings.js';
import { downloadModel } from './downloadModel.js';
import { askHubName, downloadHubModel, type HubDeps } from './hubModel.js';
import { modelItems, modelsInUse } from './modelItems.js';
import { removeModel } from './removeModel.js';

type Choice =
  { readonly kind: 'auto' | 'file' | 'hub' } | { readonly kind: 'entry'; readonly entry: ModelEntry };

/** Chooses the model of one role or of both: from the catalogue, or any GGUF on disk. */
export async function selectModel(deps: HubDeps): Promise<void> {
  const choice = await pickModel(deps.engine);
  if (choice === undefined) return;
  // Asked before a download: after some minutes the question would come out of nowhere.
  const roles = await pickRoles();
  if (roles === undefined) return;
  const name = await resolve(deps, choice);
  if (name === undefined) return;
  for (const role of roles) await writeSetting(`model.${role}`, name);
}

interface ChoiceItem extends vscode.QuickPickItem {
  readonly choice: Choice;
}

async function pickModel(engine: EngineClient): Promise<Choice | undefined> {
  const entries = await list(engine);
  const used = modelsInUse(engine);
  const automatic: ChoiceItem = {
    label: vscode.l10n.t('$(sparkle) Automatic'),
    detail: vscode.l10n.t('The best installed model for each task on this machine'),
    choice: { kind: 'auto' },
  };
  const remove = { iconPath: new vscode.ThemeIcon('trash'), tooltip: vscode.l10n.t('Remove') };
  const models = modelItems(entries, used).map((item) =>
    'entry' in item
      ? {
          ...item,
          choice: { kind: 'entry', entry: item.entry } as const,
          buttons: item.entry.isInstalled ? [remove] : [],
        }
      : item,
  );
  const file: ChoiceItem = {
    label: vscode.l10n.t('$(folder-opened) A GGUF file on disk…'),
    detail: vscode.l10n.t('Any model that llama.cpp can load'),
    choice: { kind: 'file' },
  };
  const hub: ChoiceItem = {
    label: vscode.l10n.t('$(globe) From Hugging Face or ModelScope…'),
    detail: vscode.l10n.t('Any repository with GGUF files, by its name'),
    choice: { kind: 'hub' },
  };
  const separator = { label: '', kind: vscode.QuickPickItemKind.Separator };
  const picked = await show([automatic, ...models, separator, hub, file], (entry) =>
    removeModel(engine, entry),
  );
  return picked?.choice;
}

/** A picker whose lines have buttons; `undefined` when it was closed. */
function show(
  items: readonly (ChoiceItem | vscode.QuickPickItem)[],
  remove: (entry: ModelEntry) => PromiseLike<void>,
): Promise<ChoiceItem | undefined> {
  const picker = vscode.window.createQuickPick<ChoiceItem | vscode.QuickPickItem>();
  picker.title = vscode.l10n.t('Choose a model');
  picker.items = items;
  picker.matchOnDescription = true;
  picker.matchOnDetail = true;
  picker.show();
  return new Promise((resolve, reject) => {
    picker.onDidTriggerItemButton(({ item }) => {
      const choice = 'choice' in item ? item.choice : undefined;
      picker.hide();
      if (choice?.kind === 'entry') remove(choice.entry).then(undefined, reject);
    });
    picker.onDidAccept(() => {
      const [item] = picker.selectedItems;
      resolve(item !== undefined && 'choice' in item ? item : undefined);
      picker.hide();
    });
    picker.onDidHide(() => {
      resolve(undefined);
      picker.dispose();
    });
  });
}

async function list(engine: EngineClient): Promise<readonly ModelEntry[]> {
  const source = new vscode.CancellationTokenSource();
  return engine.query(ModelListRequest, source.token).finally(() => source.dispose());
}

/** The value for the setting: `auto`, an id that is installed now, or a path that was looked at. */
async function resolve(deps: HubDeps, choice: Choice): Promise<string | undefined> {
  switch (choice.kind) {
    case 'auto':
      return 'auto';
    case 'entry':
      return choice.entry.isInstalled ? choice.entry.id : downloadModel(deps, choice.entry.id);
    case 'hub': {
      const name = await askHubName();
      return name === undefined ? undefined : downloadHubModel(deps, name);
    }
    case 'file': {
      const picked = await vscode.window.showOpenDialog({
        title: vscode.l10n.t('Choose a GGUF file'),
        filters: { GGUF: ['gguf'] },
        canSelectMany: false,
      });
      const path = picked?.[0]?.fsPath;
      if (path === undefined) return undefined;
      const source = new vscode.CancellationTokenSource();
      await deps.engine.request(ModelCheckRequest, { path }, source.token).finally(() => source.dispose());
      return path;
    }
  }
}

async function pickRoles(): Promise<readonly ModelRole[] | undefined> {
  const items: (vscode.QuickPickItem & { readonly roles: readonly ModelRole[] })[] = [
    { label: vscode.l10n.t('For everything'), roles: ['completion', 'chat'] },
    { label: vscode.l10n.t('For ghost text'), roles: ['completion'] },
    { label: vscode.l10n.t('For chat, explanations and fixes'), roles: ['chat'] },
  ];
  return (
    await vscode.window.showQuickPick(items, { title: vscode.l10n.t('What should the model be used for?') })
  )?.roles;
}
