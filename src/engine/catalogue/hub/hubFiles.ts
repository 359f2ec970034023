import { basename } from 'node:path/posix';
import { partsBase, partPath } from '../../model/gguf/modelParts.js';
import { isSafePath } from './hubName.js';

/** A file as the hub lists it. */
export interface HubFile {
  /** In the repository. */
  readonly path: string;
  readonly sizeBytes: number;
  /** Lower-case hex; absent where the hub doesn't say it. */
  readonly sha256?: string;
  /** The commit it comes from, where a hub gives each file its own. */
  readonly revision?: string;
}

/** A model of a repository: one file, or all parts of a split one in their order. */
export interface HubChoice {
  readonly files: readonly HubFile[];
  /** Quantization, as the name says it, in capitals; empty when it doesn't say. */
  readonly quant: string;
  readonly sizeBytes: number;
}

/** Parts of a model that can't answer by themselves, and data for making one. */
const NOT_A_MODEL = /(?:^|[-_./])(?:mmproj|imatrix|ggml-vocab|vocab-only)(?=[-_./]|\d|$)/i;
const QUANT =
  /(?<=^|[-_./])(?:UD-)?(?:I?Q\d+(?:_(?:\d|[A-Z]{1,2}))*|TQ\d_\d|MXFP4(?:_MOE)?|NVFP4|BF16|F16|F32|FP16|FP32)(?=[-_./]|$)/gi;

/** What a quick answer on an ordinary machine needs comes first, then what is larger, then what loses too much. */
const ORDER: readonly string[] = [
  ...['Q4_K_M', 'Q4_0', 'Q4_K_S', 'IQ4_NL', 'IQ4_XS', 'Q4_K_XL', 'Q4_K_L', 'Q4_1', 'Q4_K', 'MXFP4'],
  ...['Q5_K_M', 'Q5_K_S', 'Q5_0', 'Q5_1', 'Q6_K', 'Q8_0', 'Q3_K_M', 'Q3_K_L', 'IQ3_M'],
  ...['F16', 'BF16', 'FP16', 'F32', 'Q3_K_S', 'Q2_K'],
];

/** The models among a repository's files, sorted by path. Parts of a split one that isn't whole are left out. */
export function choicesOf(files: readonly HubFile[]): readonly HubChoice[] {
  const usable = files.filter(
    ({ path }) => /\.gguf$/i.test(path) && isSafePath(path) && !NOT_A_MODEL.test(path),
  );
  const byPath = new Map(usable.map((file) => [file.path, file]));
  return usable
    .flatMap((file) => {
      const paths = allParts(file.path);
      const parts = paths.flatMap((path) => byPath.get(path) ?? []);
      if (parts[0] !== file || parts.length !== paths.length) return [];
      const sizeBytes = parts.reduce((sum, part) => sum + part.sizeBytes, 0);
      return [{ files: parts, quant: quantOf(file.path), sizeBytes }];
    })
    .sort((a, b) => (pathOf(a) < pathOf(b) ? -1 : 1));
}

/** The path that names a model: of its first part. */
export function pathOf({ files }: HubChoice): string {
  return files[0]?.path ?? '';
}

/**
 * The models that fit a wish equally well; one, when the wish is clear.
 * @param wish without quantization and file: the best for the product
 */
export function fitting(
  choices: readonly HubChoice[],
  { quant, file }: { readonly quant?: string; readonly file?: string },
): readonly HubChoice[] {
  if (file !== undefined) {
    const named = choices.filter(({ files }) => files.some(({ path }) => path === file));
    if (named.length > 0) return named;
    return choices.filter(({ files }) => files.some(({ path }) => path.toLowerCase() === file.toLowerCase()));
  }
  if (quant !== undefined) return withQuant(choices, quant);
  for (const wanted of ORDER) {
    const found = withQuant(choices, wanted);
    if (found.length > 0) return found;
  }
  return choices;
}

/** Quantization that a path says, in capitals: in the file's name, else in a folder's. */
export function quantOf(path: string): string {
  const name = basename(path).replace(/\.gguf$/i, '');
  const found = [...name.matchAll(QUANT)].at(-1) ?? [...path.matchAll(QUANT)].at(-1);
  return found?.[0].toUpperCase() ?? '';
}

function withQuant(choices: readonly HubChoice[], wanted: string): readonly HubChoice[] {
  const name = wanted.toUpperCase();
  const exact = choices.filter(({ quant }) => quant === name);
  // Unsloth's dynamic quantizations have a prefix that people leave out.
  return exact.length > 0 ? exact : choices.filter(({ quant }) => quant === `UD-${name}`);
}

function allParts(path: string): readonly string[] {
  const base = partsBase(path);
  const count = Number(/-of-(\d{5})\.gguf$/i.exec(path)?.[1]);
  if (base === undefined || count < 2 || count > 1000) return [path];
  const folder = path.slice(0, path.length - basename(path).length);
  return Array.from({ length: count }, (_, index) => `${folder}${partPath(base, index + 1, count)}`);
}
