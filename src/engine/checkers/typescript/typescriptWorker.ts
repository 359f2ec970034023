/** Has TypeScript in a thread of its own, with a limited memory, which is ended when a check takes too long. */
import { statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path/posix';
import { parentPort } from 'node:worker_threads';
import type ts from 'typescript';
import type { TypescriptAnswer, TypescriptRequest } from './typescriptMessages.js';
import { TypescriptProject, type TypescriptLibrary } from './typescriptProject.js';

const MAX_PROJECTS = 2;
/** Files are added to projects, and configurations changed. */
const MAX_AGE_MS = 300_000;

interface OpenProject {
  readonly project: TypescriptProject;
  readonly config: ts.ParsedCommandLine | undefined;
  readonly since: number;
}

interface KnownConfig {
  readonly parsed: ts.ParsedCommandLine;
  /** Of the file that it was read from. */
  readonly state: string;
  readonly at: number;
}

class TypescriptThread {
  private readonly registry: ts.DocumentRegistry;
  private readonly projects = new Map<string, OpenProject>();

  constructor(private readonly ts: TypescriptLibrary) {
    this.registry = ts.createDocumentRegistry();
  }

  answer({ path: given, text, isFragment, fixesFor }: TypescriptRequest): Omit<TypescriptAnswer, 'id'> {
    const path = given.replaceAll('\\', '/');
    const project = this.projectOf(path);
    const problems = project.check(path, text, isFragment);
    return fixesFor === undefined ? { problems } : { problems, fixes: project.fixes(path, fixesFor) };
  }

  private projectOf(path: string): TypescriptProject {
    const config = this.configOf(path);
    const folder = dirname(config?.name ?? path);
    const key = config?.name ?? folder;
    const known = this.projects.get(key);
    this.projects.delete(key);
    const isCurrent =
      known !== undefined && known.config === config?.parsed && Date.now() - known.since < MAX_AGE_MS;
    const open = isCurrent ? known : this.open(config?.parsed, folder);
    if (!isCurrent) known?.project.close();
    this.projects.set(key, open);
    const [oldest] = this.projects;
    if (this.projects.size > MAX_PROJECTS && oldest !== undefined) {
      this.projects.delete(oldest[0]);
      oldest[1].project.close();
    }
    return open.project;
  }

  private open(config: ts.ParsedCommandLine | undefined, folder: string): OpenProject {
    const project = new TypescriptProject(this.ts, this.registry, folder, config);
    return { project, config, since: Date.now() };
  }

  private readonly configs = new Map<string, KnownConfig>();

  /** The nearest configuration, or the one that it refers to and that has the file. */
  private configOf(
    path: string,
  ): { readonly name: string; readonly parsed: ts.ParsedCommandLine } | undefined {
    const { ts } = this;
    const exists = (file: string): boolean => ts.sys.fileExists(file);
    const nearest = ['tsconfig.json', 'jsconfig.json'].flatMap(
      (name) => ts.findConfigFile(dirname(path), exists, name) ?? [],
    );
    // The innermost of both.
    const [name] = nearest.sort((one, other) => other.length - one.length);
    const parsed = name === undefined ? undefined : this.parse(name);
    if (name === undefined || parsed === undefined) return undefined;
    if (parsed.fileNames.includes(path)) return { name, parsed };
    for (const reference of parsed.projectReferences ?? []) {
      const other = ts.resolveProjectReferencePath(reference);
      const config = this.parse(other);
      if (config?.fileNames.includes(path) === true) return { name: other, parsed: config };
    }
    return { name, parsed };
  }

  private parse(name: string): ts.ParsedCommandLine | undefined {
    const state = stateOf(name);
    const known = this.configs.get(name);
    if (known?.state === state && Date.now() - known.at < MAX_AGE_MS) return known.parsed;
    const host = { ...this.ts.sys, onUnRecoverableConfigFileDiagnostic: () => undefined };
    const parsed = this.ts.getParsedCommandLineOfConfigFile(name, {}, host);
    if (parsed !== undefined) this.configs.set(name, { parsed, state, at: Date.now() });
    return parsed;
  }
}

function stateOf(file: string): string {
  const stats = statSync(file, { throwIfNoEntry: false });
  return stats === undefined ? '' : `${stats.mtimeMs} ${stats.size}`;
}

/** The first file that is a library which can check. */
function loadFirst(libraries: readonly string[]): TypescriptThread | undefined {
  const load = createRequire(import.meta.url);
  for (const library of libraries) {
    try {
      const loaded: unknown = load(library);
      if (isLibrary(loaded)) return new TypescriptThread(loaded);
    } catch {
      continue; // broken, or of a version that has another form
    }
  }
  return undefined;
}

function isLibrary(value: unknown): value is TypescriptLibrary {
  return (
    typeof value === 'object' &&
    value !== null &&
    'createLanguageService' in value &&
    'createDocumentRegistry' in value &&
    'sys' in value
  );
}

const threads = new Map<string, TypescriptThread | undefined>();

parentPort?.on('message', (request: TypescriptRequest) => {
  const key = request.libraries.join('\n');
  if (!threads.has(key)) threads.set(key, loadFirst(request.libraries));
  const answer = threads.get(key)?.answer(request) ?? { problems: undefined };
  parentPort?.postMessage({ id: request.id, ...answer } satisfies TypescriptAnswer);
});
