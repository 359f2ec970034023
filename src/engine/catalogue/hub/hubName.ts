/** The public hubs whose repositories can be named. */
export type HubKind = 'hf' | 'modelscope';

/** What a name such as `hf:owner/repo:Q4_K_M` says. */
export interface HubName {
  readonly hub: HubKind;
  /** `owner/repo`, in the case in which it was written. */
  readonly repository: string;
  /** Branch, tag or commit; absent for the repository's main line. */
  readonly revision?: string;
  /** Path of a GGUF in the repository. */
  readonly file?: string;
  /** Quantization, as in `Q4_K_M`; never beside `file`. */
  readonly quant?: string;
}

const SCHEMES: Readonly<Record<string, HubKind>> = {
  hf: 'hf',
  huggingface: 'hf',
  modelscope: 'modelscope',
  ms: 'modelscope',
};

const PAGE_HOSTS: Readonly<Record<string, HubKind>> = {
  'huggingface.co': 'hf',
  'www.huggingface.co': 'hf',
  'hf.co': 'hf',
  'hf-mirror.com': 'hf',
  'modelscope.cn': 'modelscope',
  'www.modelscope.cn': 'modelscope',
};

const OWNER = /^[A-Za-z0-9](?:[\w.-]{0,94}[A-Za-z0-9_])?$/;
const REPOSITORY = /^[\w](?:[\w.-]{0,94}[\w])?$/;
const REVISION = /^[\w](?:[\w.-]{0,198}[\w])?$/;
const QUANT = /^[A-Za-z][\w-]{0,39}$/;
/** Names that Windows keeps for devices, with any ending. */
const DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;
const GGUF = /\.gguf$/i;

/** Whether a name is meant for a hub, be it well formed or not; a path or a catalogue's id never is. */
export function isHubName(name: string): boolean {
  return schemeOf(name) !== undefined || pageOf(name) !== undefined;
}

/**
 * Reads `hf:owner/repo`, `modelscope:owner/repo` or a page's address on these hubs, with `@revision` after the
 * repository and then `:quant` or `/path/to/file.gguf`.
 * @returns `undefined` for anything else, also for a path that would lead out of the repository or that not every
 * system can store
 */
export function parseHubName(name: string): HubName | undefined {
  const trimmed = name.trim();
  const scheme = schemeOf(trimmed);
  if (scheme !== undefined) return parsePlace(scheme, trimmed.slice(trimmed.indexOf(':') + 1));
  const page = pageOf(trimmed);
  return page === undefined ? undefined : parsePage(page.hub, page.path);
}

/** The one way to write it: what ids are made of. */
export function formatHubName({ hub, repository, revision, file, quant }: HubName): string {
  const at = revision === undefined ? '' : `@${revision}`;
  const rest = file === undefined ? (quant === undefined ? '' : `:${quant}`) : `/${file}`;
  return `${hub}:${repository}${at}${rest}`;
}

/** Whether two names are of the same repository at the same revision; hubs ignore the case of a repository. */
export function isSamePlace(one: HubName, other: HubName): boolean {
  return (
    one.hub === other.hub &&
    one.repository.toLowerCase() === other.repository.toLowerCase() &&
    one.revision === other.revision
  );
}

/** Whether a path of a repository is safe to ask for and to store on every system. */
export function isSafePath(path: string): boolean {
  const parts = path.split('/');
  return path.length <= 300 && parts.every(isSafePart);
}

function isSafePart(part: string): boolean {
  if (part === '' || /[\u0000-\u001f\u007f<>:"|?*\\]/.test(part)) return false;
  return !/^\.+$|^[ ]|[ .]$/.test(part) && !DEVICE.test(part);
}

function schemeOf(name: string): HubKind | undefined {
  const scheme = /^\s*([A-Za-z]{2,12}):(?!\/\/)/.exec(name)?.[1]?.toLowerCase() ?? '';
  return Object.hasOwn(SCHEMES, scheme) ? SCHEMES[scheme] : undefined;
}

function pageOf(name: string): { readonly hub: HubKind; readonly path: string } | undefined {
  if (!/^\s*https?:\/\//i.test(name)) return undefined;
  try {
    const { hostname, pathname } = new URL(name.trim());
    const hub = Object.hasOwn(PAGE_HOSTS, hostname) ? PAGE_HOSTS[hostname] : undefined;
    return hub === undefined ? undefined : { hub, path: decodeURIComponent(pathname) };
  } catch {
    return undefined;
  }
}

/** `/owner/repo`, `/owner/repo/blob/main/file.gguf`; ModelScope puts `/models` in front. */
function parsePage(hub: HubKind, path: string): HubName | undefined {
  const parts = path.split('/').filter((part) => part !== '');
  const [owner, repository, view, revision, ...rest] = hub === 'modelscope' ? parts.slice(1) : parts;
  if (hub === 'modelscope' && parts[0] !== 'models') return undefined;
  if (owner === undefined || repository === undefined) return undefined;
  const file = rest.join('/');
  const isFile = (view === 'blob' || view === 'resolve') && GGUF.test(file);
  const isMain = revision === undefined || revision === 'main' || revision === 'master';
  const hasRevision = !isMain && (isFile || view === 'tree');
  return parsePlace(
    hub,
    `${owner}/${repository}${hasRevision ? `@${revision}` : ''}${isFile ? `/${file}` : ''}`,
  );
}

function parsePlace(hub: HubKind, place: string): HubName | undefined {
  const found = /^([^/@:]+)\/([^/@:]+)(?:@([^/:]+))?(?::([^/]*)|\/(.*))?$/.exec(place);
  if (found === null) return undefined;
  const [, owner = '', repository = '', revision, quant, file] = found;
  const isRepository =
    OWNER.test(owner) && REPOSITORY.test(repository) && isSafePart(owner) && isSafePart(repository);
  if (!isRepository || /--|\.\./.test(`${owner}/${repository}`)) return undefined;
  if (revision !== undefined && (!REVISION.test(revision) || revision.includes('..'))) return undefined;
  if (quant !== undefined && !QUANT.test(quant)) return undefined;
  if (file !== undefined && (!GGUF.test(file) || !isSafePath(file))) return undefined;
  return {
    hub,
    repository: `${owner}/${repository}`,
    ...(revision === undefined ? {} : { revision }),
    ...(file === undefined ? {} : { file }),
    ...(quant === undefined ? {} : { quant }),
  };
}
