import type { ProjectFiles } from '../projectFiles.js';
import { GoModules } from './goModules.js';
import { IncludedFiles } from './includedFiles.js';
import { JavaModules } from './javaModules.js';
import type { ModuleResolver } from './moduleResolver.js';
import { PythonModules } from './pythonModules.js';
import { RustModules } from './rustModules.js';
import { ScriptModules } from './scriptModules.js';

/** By VS Code's language id. */
export function moduleResolvers(files: ProjectFiles): ReadonlyMap<string, ModuleResolver> {
  const script = new ScriptModules(files);
  const included = new IncludedFiles(files);
  return new Map<string, ModuleResolver>([
    ['typescript', script],
    ['typescriptreact', script],
    ['javascript', script],
    ['javascriptreact', script],
    ['python', new PythonModules(files)],
    ['go', new GoModules(files)],
    ['rust', new RustModules(files)],
    ['java', new JavaModules(files)],
    ['c', included],
    ['cpp', included],
    ['cuda-cpp', included],
  ]);
}
