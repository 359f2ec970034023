/** The test scripts of a package.json, and the packages that it names. */
export function packageFacts(text: string): {
  readonly scripts: string;
  readonly names: ReadonlySet<string>;
  readonly isModule: boolean;
} {
  try {
    const manifest = JSON.parse(text) as Readonly<Record<string, unknown>> | null;
    const record = (key: string): Readonly<Record<string, unknown>> =>
      Object(manifest?.[key]) as Readonly<Record<string, unknown>>;
    const dependencies = ['dependencies', 'devDependencies', 'peerDependencies'].map(record);
    const scripts = Object.entries(record('scripts')).filter(([name]) => /test/.test(name));
    return {
      scripts: scripts.map(([, script]) => String(script)).join('\n'),
      names: new Set(dependencies.flatMap((each) => Object.keys(each))),
      isModule: manifest?.['type'] === 'module',
    };
  } catch {
    return { scripts: '', names: new Set(), isModule: false }; // a manifest that is being edited
  }
}
