import * as vscode from 'vscode';
import type { EngineSettings } from '../protocol/settings.js';

/** All settings of the extension, typed; `test/unit/settings.test.ts` holds them equal to package.json. */
export const SETTING_DEFAULTS = {
  'completion.enabled': true as boolean,
  'completion.exclude': [
    '**/.env',
    '**/.env.*',
    '**/*.env',
    '!**/.env.{example,sample,template,dist}',
    '**/*.{pem,key,p12,pfx,kdbx,ppk}',
    '**/id_{rsa,dsa,ecdsa,ed25519}*',
    '**/.{npmrc,netrc,pgpass,pypirc,htpasswd,git-credentials}',
    '**/{_netrc,credentials}',
    '**/{credentials,secrets,service-account*}.{json,yaml,yml,toml,ini,xml,properties,txt}',
    '**/.{ssh,aws,gnupg,kube}/**',
    '**/*.tfvars',
  ] as readonly string[],
  'completion.maxLines': 12 as number,
  'completion.latencyGoal': 400 as number,
  'model.chat': 'auto' as string,
  'model.completion': 'auto' as string,
  'model.contextSize': 0 as number,
  'model.folder': '' as string,
  'model.sources': [] as readonly string[],
  'engine.gpu': 'auto' as EngineSettings['gpu'],
  'engine.threads': 0 as number,
  'server.port': 8080 as number,
  'server.host': '127.0.0.1' as string,
  'chat.thinking': 'auto' as EngineSettings['chatThinking'],
  'chat.systemPrompt': '' as string,
  'chat.temperature': -1 as number,
};

export type SettingName = keyof typeof SETTING_DEFAULTS;

export const SECTION = 'youtu';

export function readSetting<N extends SettingName>(
  name: N,
  scope?: vscode.ConfigurationScope,
): (typeof SETTING_DEFAULTS)[N] {
  return vscode.workspace
    .getConfiguration(SECTION, scope ?? null)
    .get<(typeof SETTING_DEFAULTS)[N]>(name, SETTING_DEFAULTS[name]);
}

export async function writeSetting<N extends SettingName>(
  name: N,
  value: (typeof SETTING_DEFAULTS)[N],
): Promise<void> {
  await vscode.workspace.getConfiguration(SECTION).update(name, value, vscode.ConfigurationTarget.Global);
}

/** What the engine is told. YOUTU_MODEL (set by `npm start -- --model …`) stands in for both roles' model. */
export function engineSettings(): EngineSettings {
  const model = process.env['YOUTU_MODEL'];
  return {
    chatModel: model ?? readSetting('model.chat'),
    completionModel: model ?? readSetting('model.completion'),
    contextSize: readSetting('model.contextSize'),
    modelsFolder: readSetting('model.folder'),
    sources: readSetting('model.sources'),
    gpu: readSetting('engine.gpu'),
    threads: readSetting('engine.threads'),
    completionMaxLines: readSetting('completion.maxLines'),
    completionLatencyGoal: readSetting('completion.latencyGoal'),
    supportsPartialResults: true,
    chatThinking: readSetting('chat.thinking'),
    chatSystemPrompt: readSetting('chat.systemPrompt'),
    chatTemperature: readSetting('chat.temperature'),
  };
}
