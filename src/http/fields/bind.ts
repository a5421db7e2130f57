import type { Type } from '@nestjs/common';
import { validateSync, type ValidationError } from 'class-validator';
import { type Property, propertiesOf } from './dto';
import { isObject } from './field';

/** What is wrong with one part of a request. `path` is such as `changes[0].from`, empty for the whole. */
export type Fault = { readonly path: string; readonly message: string };

export type Bound<T> = { readonly value: T } | { readonly faults: readonly Fault[] };

const MOST_FAULTS = 50;
const shapes = new WeakMap<Type<object>, ReadonlyMap<string, Property>>();

/**
 * Reads an object as the DTO class says: fields that it doesn't declare are faults, each value is brought to its one
 * form, then class-validator checks the constraints. The value is plain data: what is absent or null has become the
 * property's `otherwise`. Whether a field is known is decided here and not by class-validator's whitelist, which lets
 * `constructor` and its like pass.
 */
export function bind<T extends object>(dto: Type<T>, source: object): Bound<T> {
  const faults: Fault[] = [];
  const instance = instantiate(dto, source, '', faults);
  collect(validateSync(instance, { forbidUnknownValues: false }), '', false, faults);
  return faults.length > 0
    ? { faults: onePerPath(faults).slice(0, MOST_FAULTS) }
    : { value: plain(dto, instance as Readonly<Record<string, unknown>>) as T };
}

function instantiate(dto: Type<object>, source: object, path: string, faults: Fault[]): object {
  const properties = shapeOf(dto);
  const instance = new dto() as Record<string, unknown>;
  for (const [name, given] of Object.entries(source)) {
    const at = path === '' ? name : `${path}.${name}`;
    const property = properties.get(name);
    if (!property) faults.push({ path: at, message: 'is not a field of this request' });
    else if (given !== null || !property.optional) instance[name] = boundValue(property, given, at, faults);
  }
  return instance;
}

function boundValue({ normalise, classFor }: Property, given: unknown, path: string, faults: Fault[]): unknown {
  if (!classFor) return normalise(given);
  const boundPart = (part: unknown, at: string): unknown => {
    const dto = isObject(part) ? classFor(part) : undefined;
    return isObject(part) && dto ? instantiate(dto, part, at, faults) : part;
  };
  return Array.isArray(given)
    ? given.map((part, index) => boundPart(part, `${path}[${index}]`))
    : boundPart(given, path);
}

/** The instance's data without its classes, which equality and JSON should not see. */
function plain(dto: Type<object>, instance: Readonly<Record<string, unknown>>): object {
  const data: Record<string, unknown> = {};
  for (const [name, property] of shapeOf(dto)) {
    const value = instance[name];
    if (value === undefined) data[name] = property.otherwise;
    else if (!property.classFor) data[name] = value;
    else data[name] = Array.isArray(value) ? value.map(plainPart) : plainPart(value);
  }
  return data;
}

function plainPart(part: unknown): object {
  const instance = part as Readonly<Record<string, unknown>>;
  return plain(instance.constructor as Type<object>, instance);
}

function shapeOf(dto: Type<object>): ReadonlyMap<string, Property> {
  const known = shapes.get(dto) ?? propertiesOf(dto);
  shapes.set(dto, known);
  return known;
}

function collect(errors: readonly ValidationError[], path: string, inList: boolean, faults: Fault[]): void {
  for (const { property, constraints = {}, children = [], value } of errors) {
    const at = inList ? `${path}[${property}]` : path === '' ? property : `${path}.${property}`;
    const [message] = Object.values(constraints);
    if (message !== undefined) faults.push(located(at, message));
    collect(children, at, Array.isArray(value), faults);
  }
}

/** A message may begin with the part of the value that it is about: `[2]: expected a UUID`. */
function located(path: string, message: string): Fault {
  const part = /^(?:\[\d+\]|\.[\w-]+)+: /.exec(message)?.[0];
  return part === undefined
    ? { path, message }
    : { path: path + part.slice(0, -2), message: message.slice(part.length) };
}

/** Of several faults at one place, the first says what to do. */
function onePerPath(faults: readonly Fault[]): readonly Fault[] {
  const seen = new Set<string>();
  return faults.filter(({ path }) => !seen.has(path) && seen.add(path));
}
