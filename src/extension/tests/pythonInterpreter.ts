import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import * as vscode from 'vscode';
import type { TestPlan } from '../../protocol/tests.js';

/** What is used of the API of the Python extension. */
interface PythonApi {
  readonly environments?: {
    getActiveEnvironmentPath(resource: vscode.Uri): PythonEnvironmentPath;
    resolveEnvironment(path: PythonEnvironmentPath): Promise<PythonEnvironment | undefined>;
  };
}

interface PythonEnvironmentPath {
  /** Of the interpreter, or of the folder of an environment that has none. */
  readonly path: string;
}

interface PythonEnvironment {
  readonly executable: { readonly uri?: vscode.Uri };
}

/** The plan with the interpreter that the user has chosen; else as it is, with that of the project's `.venv` or the machine. */
export async function withChosenPython(plan: TestPlan, document: vscode.TextDocument): Promise<TestPlan> {
  if (document.languageId !== 'python') return plan;
  const python = (await active(document.uri)) ?? configured(document.uri);
  if (python === undefined) return plan;
  const [, ...args] = plan.command.words;
  return { ...plan, command: { ...plan.command, words: [python, ...args] } };
}

/** @returns `undefined` where the Python extension isn't installed or active, or has chosen none */
async function active(resource: vscode.Uri): Promise<string | undefined> {
  const extension = vscode.extensions.getExtension<PythonApi>('ms-python.python');
  const environments = extension?.isActive === true ? extension.exports.environments : undefined;
  if (environments === undefined) return undefined;
  const environment = await environments.resolveEnvironment(environments.getActiveEnvironmentPath(resource));
  return environment?.executable.uri?.fsPath;
}

/** A workspace's own settings may name any program, so they count only where the user trusts it. */
function configured(resource: vscode.Uri): string | undefined {
  if (!vscode.workspace.isTrusted) return undefined;
  const setting = vscode.workspace
    .getConfiguration('python', resource)
    .inspect<string>('defaultInterpreterPath');
  const value = setting?.workspaceFolderValue ?? setting?.workspaceValue ?? setting?.globalValue ?? '';
  const folder = vscode.workspace.getWorkspaceFolder(resource)?.uri.fsPath ?? '';
  const path = value
    .trim()
    .replaceAll(/\$\{(?:workspaceFolder|workspaceRoot)\}/g, () => folder)
    .replaceAll(/\$\{userHome\}/g, () => homedir())
    .replaceAll(/\$\{env:(\w+)\}/g, (_, name: string) => process.env[name] ?? '')
    .replace(/^~(?=[\\/])/, () => homedir());
  if (path === '') return undefined;
  // A bare name is looked up on the path.
  return isAbsolute(path) || !/[\\/]/.test(path) ? path : join(folder, path);
}
