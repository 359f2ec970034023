/** A JSON schema: an object of keywords, or whether anything is valid. */
export type Schema = boolean | SchemaObject;
export type SchemaObject = Readonly<Record<string, unknown>>;

/** The schema can't be made a grammar. The message says where and why. */
export class SchemaError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'SchemaError';
  }
}

/** JSON that is nested deeper is mostly an attack. A level of a schema takes two, as `properties` has one of its own. */
const MAX_DEPTH = 64;
/** Objects and lists of a schema: each may become a rule. */
const MAX_PARTS = 20_000;

/** llama.cpp looks at every alternative of a grammar for each token: at 5,000, a token takes a second. */
const MAX_VALUES = 2000;

interface Place {
  readonly id: number;
  readonly parent: object | undefined;
  readonly key: string;
  /** The nearest schema around with an `$id`, which references are relative to. */
  readonly resource: SchemaObject;
}

/** A schema document: where each of its parts is, and what a `$ref` leads to. */
export class SchemaTree {
  private readonly places = new Map<object, Place>();
  private readonly byId = new Map<string, SchemaObject>();
  private readonly anchors = new Map<string, SchemaObject>();

  /** @throws SchemaError for a schema that is too large or nested too deeply */
  constructor(private readonly root: SchemaObject) {
    let level: readonly (readonly [part: SchemaObject, parent: SchemaObject | undefined, key: string])[] = [
      [root, undefined, ''],
    ];
    let values = 1;
    for (let depth = 0; level.length > 0; depth++) {
      if (depth > MAX_DEPTH)
        throw new SchemaError(`The schema is nested more than ${MAX_DEPTH} levels of JSON deep.`);
      level = level.flatMap(([part, parent, key]) => {
        this.add(part, parent, key);
        values += Object.keys(part).length;
        if (values > MAX_VALUES)
          throw new SchemaError(
            `The schema has more than ${MAX_VALUES} values, and each token would take very long. Shorten its lists.`,
          );
        return Object.entries(part).flatMap(([name, each]) =>
          typeof each === 'object' && each !== null ? [[each as SchemaObject, part, name] as const] : [],
        );
      });
    }
  }

  /** A number that tells a part from all others. */
  idOf(part: SchemaObject): number {
    return this.places.get(part)?.id ?? -1;
  }

  /** Where a part is, as a JSON pointer: `#/properties/name`. */
  pointerTo(part: SchemaObject): string {
    const keys: string[] = [];
    for (
      let place = this.places.get(part);
      place?.parent !== undefined;
      place = this.places.get(place.parent)
    )
      keys.unshift(place.key.replaceAll('~', '~0').replaceAll('/', '~1'));
    return ['#', ...keys].join('/');
  }

  /**
   * What a reference in `part` leads to.
   * @returns `undefined` for one that leads out of this document, or to nothing
   */
  resolve(reference: string, part: SchemaObject): Schema | undefined {
    const [document = '', fragment = ''] = reference.split('#', 2);
    const own = this.places.get(part)?.resource ?? this.root;
    const resource = document === '' ? own : this.byId.get(document);
    const found = resource === undefined ? undefined : this.partAt(resource, fragment);
    return found === undefined ? undefined : asSchema(found, `"$ref": "${reference}"`);
  }

  private add(part: SchemaObject, parent: SchemaObject | undefined, key: string): void {
    if (this.places.size >= MAX_PARTS)
      throw new SchemaError(`The schema has more than ${MAX_PARTS} objects and lists.`);
    const { $id, $anchor } = part;
    const around = parent === undefined ? undefined : this.places.get(parent)?.resource;
    const resource = around === undefined || typeof $id === 'string' ? part : around;
    this.places.set(part, { id: this.places.size, parent, key, resource });
    if (typeof $id === 'string') this.byId.set($id.replace(/#$/, ''), part);
    if (typeof $anchor === 'string') this.anchors.set($anchor, part);
  }

  private partAt(resource: SchemaObject, fragment: string): unknown {
    if (fragment === '') return resource;
    if (!fragment.startsWith('/')) return this.anchors.get(fragment);
    return fragment
      .slice(1)
      .split('/')
      .map((key) => decoded(key).replaceAll('~1', '/').replaceAll('~0', '~'))
      .reduce<unknown>(
        (value, key) =>
          typeof value === 'object' && value !== null && Object.hasOwn(value, key)
            ? (value as SchemaObject)[key]
            : undefined,
        resource,
      );
  }
}

/** A pointer in a URI may be percent-encoded; one that isn't may have any `%`. */
function decoded(key: string): string {
  try {
    return decodeURIComponent(key);
  } catch {
    return key;
  }
}

/** @throws SchemaError for what isn't a schema */
export function asSchema(value: unknown, where: string): Schema {
  if (typeof value === 'boolean') return value;
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new SchemaError(`A JSON schema is an object, true or false, but ${where} is none of them.`);
  return value as SchemaObject;
}
