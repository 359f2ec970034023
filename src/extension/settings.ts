import { join } from 'node:path';
import * as vscode from 'vscode';
import type { EngineSettings } from '../protocol/settings.js';
import { Disposables } from './disposables.js';
import {
  checkedSetting,
  isValidSetting,
  SETTING_DEFAULTS,
  type SettingName,
  type SettingValue,
} from './settingSchemas.js';

export const SECTION = 'youtu';

/**
 * A setting for a document or a language, or outside of any. A settings file may hold anything: where the value can't
 * be used, this is the default, and {@link SettingsCheck} has logged it.
 */
export function readSetting<N extends SettingName>(
  name: N,
  scope?: vscode.ConfigurationScope,
): SettingValue<N> {
  return checkedSetting(name, vscode.workspace.getConfiguration(SECTION, scope ?? null).get(name));
}

export async function writeSetting<N extends SettingName>(name: N, value: SettingValue<N>): Promise<void> {
  await vscode.workspace.getConfiguration(SECTION).update(name, value, vscode.ConfigurationTarget.Global);
}

/** Logs each setting whose value can't be used, at the start and after each change. */
export class SettingsCheck extends Disposables {
  constructor(private readonly log: Pick<vscode.LogOutputChannel, 'warn'>) {
    super();
    this.own(
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration(SECTION)) this.check((name) => event.affectsConfiguration(name));
      }),
    );
    this.check(() => true);
  }

  /** @param isWanted by a setting's full name */
  private check(isWanted: (name: string) => boolean): void {
    for (const name of Object.keys(SETTING_DEFAULTS) as SettingName[]) {
      if (!isWanted(`${SECTION}.${name}`)) continue;
      const { languageIds = [] } = vscode.workspace.getConfiguration(SECTION).inspect(name) ?? {};
      for (const languageId of [undefined, ...languageIds]) this.checkFor(name, languageId);
    }
  }

  private checkFor(name: SettingName, languageId: string | undefined): void {
    const scope = languageId === undefined ? null : { languageId };
    if (isValidSetting(name, vscode.workspace.getConfiguration(SECTION, scope).get(name))) return;
    const where = languageId === undefined ? '' : ` for ${languageId}`;
    this.log.warn(`${SECTION}.${name}${where} has an invalid value; its default is used.`);
  }
}

/** The settings that the engine needs. YOUTU_MODEL (set by `npm start -- --model …`) replaces the model of both roles.
 * @param chatSystemPrompt which a workspace may not set without the user
 */
export function engineSettings(chatSystemPrompt: string): EngineSettings {
  const model = process.env['YOUTU_MODEL'];
  return {
    chatModel: model ?? readSetting('model.chat'),
    completionModel: model ?? readSetting('model.completion'),
    remoteUrl: readSetting('remote.url'),
    remoteModel: readSetting('remote.model'),
    contextSize: readSetting('model.contextSize'),
    modelsFolder: readSetting('model.folder'),
    sources: readSetting('model.sources'),
    gpu: readSetting('engine.gpu'),
    threads: readSetting('engine.threads'),
    unloadAfter: readSetting('engine.unloadAfter'),
    completionExclude: readSetting('completion.exclude'),
    completionExcludeByFolder: excludedByFolder(),
    completionMaxLines: readSetting('completion.maxLines'),
    completionLatencyGoal: readSetting('completion.latencyGoal'),
    supportsPartialResults: true,
    typescriptLibrary: join(vscode.env.appRoot, 'extensions/node_modules/typescript/lib/typescript.js'),
    chatThinking: readSetting('chat.thinking'),
    chatSystemPrompt,
    chatTemperature: readSetting('chat.temperature'),
  };
}

/** The patterns of each opened folder: it may have its own. */
function excludedByFolder(): EngineSettings['completionExcludeByFolder'] {
  const folders = vscode.workspace.workspaceFolders ?? [];
  return Object.fromEntries(
    folders.map(({ uri }) => [uri.toString(), readSetting('completion.exclude', uri)]),
  );
}
