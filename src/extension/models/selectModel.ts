import * as vscode from 'vscode';
import type { ModelRole } from '../../protocol/errors.js';
import { ModelCheckRequest, ModelListRequest } from '../../protocol/model.js';
import type { EngineClient } from '../engine/engineClient.js';
import { writeSetting } from '../settings.js';
import { describeEntry, downloadModel } from './downloadModel.js';

type Choice =
  | { readonly kind: 'auto' }
  | { readonly kind: 'id'; readonly id: string; readonly isInstalled: boolean }
  | { readonly kind: 'file' };

/** Chooses the model of one role or of both: from the catalogue, or any GGUF on disk. */
export async function selectModel(engine: EngineClient): Promise<void> {
  const choice = await pickModel(engine);
  if (choice === undefined) return;
  const name = await resolve(engine, choice);
  if (name === undefined) return;
  const roles = await pickRoles();
  for (const role of roles ?? []) await writeSetting(`model.${role}`, name);
}

async function pickModel(engine: EngineClient): Promise<Choice | undefined> {
  const source = new vscode.CancellationTokenSource();
  const entries = await engine.query(ModelListRequest, source.token).finally(() => source.dispose());
  const items: (vscode.QuickPickItem & { readonly choice: Choice })[] = [
    {
      label: vscode.l10n.t('$(sparkle) Automatic'),
      detail: vscode.l10n.t('The best installed model for each task'),
      choice: { kind: 'auto' },
    },
    ...entries.map((entry) => ({
      label: entry.isInstalled ? `$(check) ${entry.name}` : `$(cloud-download) ${entry.name}`,
      description: entry.isInstalled ? vscode.l10n.t('installed') : vscode.l10n.t('not downloaded'),
      detail: describeEntry(entry),
      choice: { kind: 'id', id: entry.id, isInstalled: entry.isInstalled } as const,
    })),
    {
      label: vscode.l10n.t('$(folder-opened) A GGUF file on disk…'),
      detail: vscode.l10n.t('Any model that llama.cpp can load'),
      choice: { kind: 'file' },
    },
  ];
  return (await vscode.window.showQuickPick(items, { title: vscode.l10n.t('Choose a model') }))?.choice;
}

/** The value for the setting: `auto`, a catalogue id that is installed now, or a path that was looked at. */
async function resolve(engine: EngineClient, choice: Choice): Promise<string | undefined> {
  switch (choice.kind) {
    case 'auto':
      return 'auto';
    case 'id':
      if (choice.isInstalled) return choice.id;
      return (await downloadModel(engine, choice.id)) === undefined ? undefined : choice.id;
    case 'file': {
      const picked = await vscode.window.showOpenDialog({
        title: vscode.l10n.t('Choose a GGUF file'),
        filters: { GGUF: ['gguf'] },
        canSelectMany: false,
      });
      const path = picked?.[0]?.fsPath;
      if (path === undefined) return undefined;
      const source = new vscode.CancellationTokenSource();
      await engine.request(ModelCheckRequest, { path }, source.token).finally(() => source.dispose());
      return path;
    }
  }
}

async function pickRoles(): Promise<readonly ModelRole[] | undefined> {
  const items: (vscode.QuickPickItem & { readonly roles: readonly ModelRole[] })[] = [
    { label: vscode.l10n.t('For everything'), roles: ['completion', 'chat'] },
    { label: vscode.l10n.t('For completion'), roles: ['completion'] },
    { label: vscode.l10n.t('For chat, explaining and fixing'), roles: ['chat'] },
  ];
  return (
    await vscode.window.showQuickPick(items, { title: vscode.l10n.t('What should the model be used for?') })
  )?.roles;
}
