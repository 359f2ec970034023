export type Schema = Readonly<Record<string, unknown>>;

export const text = { type: 'string' };
export const integer = { type: 'integer' };
export const object = (
  properties: Schema,
  required = Object.keys(properties),
  more: Schema = {},
): Schema => ({
  type: 'object',
  properties,
  required,
  ...more,
});

/** A schema, with values that are valid against it or not; all properties are there that the schema names. */
export interface SchemaCase {
  readonly name: string;
  readonly schema: Schema;
  readonly valid: readonly unknown[];
  readonly invalid: readonly unknown[];
}
