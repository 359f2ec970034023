import * as vscode from 'vscode';

/**
 * What the engine's process gets beside this one's variables: VS Code's proxy, which downloads go through. A proxy
 * that the environment names already stays.
 */
export function engineEnvironment(): Readonly<Record<string, string>> {
  const proxy = vscode.workspace.getConfiguration('http').get('proxy', '').trim();
  const isNamed = ['HTTPS_PROXY', 'https_proxy'].some((name) => process.env[name]);
  return proxy === '' || isNamed ? {} : { HTTPS_PROXY: proxy, HTTP_PROXY: proxy };
}
