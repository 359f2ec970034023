import type { LanguageChecker } from './checker.js';
import { Checkers } from './checkers.js';
import { removeOldFolders } from './machine/privateFolder.js';
import { MachineTools } from './machine/machineTools.js';
import { BUNDLED_SERVICES } from './services/bundledServices.js';
import { commandChecker, type CommandTool } from './tools/commandChecker.js';
import { C_FAMILY } from './tools/cFamily.js';
import { GO_BUILD, GO_VET, GOFMT } from './tools/go.js';
import { JAVA } from './tools/java.js';
import { PYTHON } from './tools/python.js';
import { PYFLAKES, RUFF } from './tools/ruff.js';
import { RUST } from './tools/rust.js';
import { NODE, PHP, RUBY, SHELL } from './tools/scripts.js';
import { TypescriptChecker } from './typescript/typescriptChecker.js';
import { findLibraries } from './typescript/typescriptLibrary.js';
import type { Workspace } from '../completion/context/workspace.js';

const COMMAND_TOOLS: readonly CommandTool[] = [
  ...[PYTHON, RUFF, PYFLAKES],
  ...[GOFMT, GO_BUILD, GO_VET],
  ...[RUST, JAVA, C_FAMILY],
  ...[RUBY, PHP, SHELL, NODE],
];

/**
 * All checkers that this program and this machine have.
 * @param editorTypescript the file of the editor's own TypeScript library; empty if it has none
 */
export function machineCheckers(
  workspace: Pick<Workspace, 'folders' | 'rootOf'>,
  editorTypescript: () => string = () => '',
): Checkers {
  const tools = new MachineTools(workspace);
  const libraries = (uri: string): Promise<readonly string[]> =>
    findLibraries(uri, { workspace, tools, ofEditor: editorTypescript });
  // What can't be removed now can be the next time.
  void removeOldFolders().catch(() => undefined);
  const commands: LanguageChecker[] = COMMAND_TOOLS.map((tool) => commandChecker(tool, tools));
  return new Checkers([...BUNDLED_SERVICES, new TypescriptChecker({ libraries }), ...commands]);
}
