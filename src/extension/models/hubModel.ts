import * as vscode from 'vscode';
import { ModelResolveRequest, type HubModelChoice, type ModelResolveResult } from '../../protocol/model.js';
import { EngineFailure, type EngineClient } from '../engine/engineClient.js';
import { acceptsLicence, fetchWithProgress } from './fetchModel.js';
import type { Downloads } from './downloads.js';
import { bytes } from './modelFileText.js';

/** Name of the hubs' token in VS Code's secret storage. */
const TOKEN = 'youtu.hubToken';

export interface HubDeps {
  readonly engine: EngineClient;
  readonly downloads: Downloads;
  readonly secrets: vscode.SecretStorage;
}

/** Whether an id names a model on a hub, and not one of the catalogue or a file. */
export function isHubName(id: string): boolean {
  return /^(?:hf|ms|modelscope):|^https:\/\//i.test(id);
}

/** Asks for a model's name on a hub. */
export async function askHubName(): Promise<string | undefined> {
  const name = await vscode.window.showInputBox({
    title: vscode.l10n.t('A model from Hugging Face or ModelScope'),
    prompt: vscode.l10n.t('The name of a repository with GGUF files, or the address of its page'),
    placeHolder: 'hf:OWNER/REPO:Q4_K_M',
    ignoreFocusOut: true,
    validateInput: (value) =>
      value.trim() === '' || isHubName(value.trim()) || /^[\w.-]+\/[\w.-]+/.test(value.trim())
        ? undefined
        : vscode.l10n.t('Write hf:OWNER/REPO or modelscope:OWNER/REPO.'),
  });
  const wanted = name?.trim() ?? '';
  if (wanted === '') return undefined;
  return isHubName(wanted) ? wanted : `hf:${wanted}`;
}

/**
 * Downloads a model by its name on a hub: shows its files, its licence, and asks for a token where the hub wants one.
 * @returns the id under which it is installed, or `undefined` when the user went back
 */
export async function downloadHubModel(deps: HubDeps, name: string): Promise<string | undefined> {
  const found = await resolveWithToken(deps, name);
  if (found === undefined) return undefined;
  const choice = await chooseFile(found);
  if (choice === undefined) return undefined;
  if (choice.isInstalled) return choice.name;
  const { licence } = found;
  const label = [found.repository, choice.quant].filter((part) => part !== '').join(' ');
  const stated = licence.name === '' ? vscode.l10n.t('none is stated') : licence.name;
  if (licence.mustAccept && !(await acceptsLicence(label, { ...licence, name: stated }))) return undefined;
  const entry = { id: choice.name, name: label, licenceName: stated };
  await fetchWithProgress(deps.downloads, entry, await deps.secrets.get(TOKEN));
  return choice.name;
}

/** Sets the token for private and gated repositories; an empty one removes it. */
export async function setHubToken(secrets: vscode.SecretStorage): Promise<boolean> {
  const token = await vscode.window.showInputBox({
    title: vscode.l10n.t('Token for Hugging Face or ModelScope'),
    prompt: vscode.l10n.t(
      'It is kept in the system’s secret storage and sent to the hub only. Leave it empty to remove it.',
    ),
    password: true,
    ignoreFocusOut: true,
  });
  if (token === undefined) return false;
  if (token.trim() === '') await secrets.delete(TOKEN);
  else await secrets.store(TOKEN, token.trim());
  return token.trim() !== '';
}

async function resolveWithToken(deps: HubDeps, name: string): Promise<ModelResolveResult | undefined> {
  for (;;) {
    try {
      return await resolve(deps, name);
    } catch (error) {
      const data = error instanceof EngineFailure ? error.data : undefined;
      if (data?.kind !== 'hubAccess' || !(await asksForToken(deps.secrets, name, data.pageUrl))) throw error;
    }
  }
}

async function resolve({ engine, secrets }: HubDeps, name: string): Promise<ModelResolveResult> {
  const hubToken = await secrets.get(TOKEN);
  const title = vscode.l10n.t('Asking the hub about {0}…', name);
  return vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title, cancellable: true },
    (_progress, token) =>
      engine.request(ModelResolveRequest, { name, ...(hubToken === undefined ? {} : { hubToken }) }, token),
  );
}

/** @returns whether there is another token to try */
async function asksForToken(secrets: vscode.SecretStorage, name: string, pageUrl: string): Promise<boolean> {
  const set = vscode.l10n.t('Set the Token');
  const page = vscode.l10n.t('Open the Page');
  const message = vscode.l10n.t(
    '{0} needs a token of the hub, and perhaps access, which its page grants.',
    name,
  );
  for (;;) {
    const answer = await vscode.window.showInformationMessage(message, { modal: true }, set, page);
    if (answer === undefined) return false;
    if (answer === set) return setHubToken(secrets);
    await vscode.env.openExternal(vscode.Uri.parse(pageUrl));
  }
}

async function chooseFile({
  choices,
  chosen,
  repository,
}: ModelResolveResult): Promise<HubModelChoice | undefined> {
  const [only] = choices;
  if (choices.length === 1) return only;
  const items = choices.map((choice, index) => ({
    label: choice.quant === '' ? (choice.files[0]?.path ?? choice.name) : choice.quant,
    description: [bytes(choice.sizeBytes), choice.isInstalled ? vscode.l10n.t('on this machine') : '']
      .filter((part) => part !== '')
      .join(' · '),
    detail: index === chosen ? vscode.l10n.t('what the name means') : '',
    choice,
  }));
  // What the name means comes first, so that Enter takes it.
  const sorted = [...items].sort((one, other) => Number(other.detail !== '') - Number(one.detail !== ''));
  const title = vscode.l10n.t('Which file of {0}?', repository);
  return (await vscode.window.showQuickPick(sorted, { title }))?.choice;
}
