/** A JSON Schema, as OpenAPI 3.1 takes it. */
export type Schema = Readonly<Record<string, unknown>>;

/** The ways in which the answers' shapes are put together. Every property of an object is always there. */
export const string: Schema = { type: 'string' };
export const id: Schema = { type: 'string', format: 'uuid' };
export const date: Schema = { type: 'string', format: 'date' };
export const dateTime: Schema = { type: 'string', format: 'date-time' };
export const whole: Schema = { type: 'integer' };
export const decimal: Schema = { type: 'number' };
export const truth: Schema = { type: 'boolean' };
/** A number from 0 to 1. */
export const ratio: Schema = { type: 'number', minimum: 0, maximum: 1 };

export const words = (...values: readonly string[]): Schema => ({ type: 'string', enum: values });
export const many = (items: Schema): Schema => ({ type: 'array', items });
export const named = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` });
export const orNull = (schema: Schema): Schema => ({ anyOf: [schema, { type: 'null' }] });

export function shape(properties: Readonly<Record<string, Schema>>): Schema {
  return { type: 'object', required: Object.keys(properties), properties };
}
