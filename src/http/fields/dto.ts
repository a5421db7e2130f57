import type { Type } from '@nestjs/common';
import { ApiExtraModels, ApiProperty, getSchemaPath } from '@nestjs/swagger';
import { ValidateBy, ValidateNested } from 'class-validator';
import { type Field, isObject } from './field';

/** What is known of a property of a DTO, beside the constraints that class-validator keeps. */
export type Property = {
  readonly optional: boolean;
  /** What an absent or null optional property becomes. */
  readonly otherwise: unknown;
  readonly normalise: (value: unknown) => unknown;
  /** Of a single value, for a parameter of the OpenAPI page. */
  readonly schema?: Readonly<Record<string, unknown>>;
  /** The class that a part of the property's value is bound to; undefined for values without a class. */
  readonly classFor?: (part: unknown) => Type<object> | undefined;
};

type Options = { readonly optional?: true; readonly otherwise?: unknown; readonly example?: unknown };

const registered = new WeakMap<object, Map<string, Property>>();

/** The properties of a DTO class, those of its base classes included. */
export function propertiesOf(dto: Type<object>): ReadonlyMap<string, Property> {
  const all = new Map<string, Property>();
  for (let at: unknown = dto.prototype; at !== null; at = Object.getPrototypeOf(at)) {
    for (const [name, property] of registered.get(at as object) ?? []) if (!all.has(name)) all.set(name, property);
  }
  return all;
}

/** The property holds a value of this kind. `optional`: it may be absent or null, and is `otherwise` (null) then. */
export function Is(kind: Field, options: Options = {}): PropertyDecorator {
  return together(
    declare(options, { normalise: kind.normalise, schema: { ...kind.schema, ...examples(options) } }),
    constraint('value', options, kind.expected, kind.fault),
    describe({ ...kind.schema, ...examples(options) }, options),
  );
}

/** The property holds an object of another DTO class. */
export function Holds(dto: () => Type<object>, options: Options = {}): PropertyDecorator {
  return together(
    declare(options, { normalise: (value) => value, classFor: () => dto() }),
    constraint('object', options, 'an object', (value) => (isObject(value) ? null : 'expected an object')),
    ValidateNested(),
    describe({ type: () => dto(), ...examples(options) }, options),
  );
}

/** The property holds a list of objects of another DTO class. */
export function HoldsList(dto: () => Type<object>, from: number, to: number, options: Options = {}): PropertyDecorator {
  return together(
    declare(options, { normalise: (value) => value, classFor: () => dto() }),
    constraint('objects', options, `a list of ${from} to ${to} objects`, (value) => faultOfList(value, from, to)),
    ValidateNested(),
    describe({ type: () => dto(), isArray: true, minItems: from, maxItems: to, ...examples(options) }, options),
  );
}

/** The property holds a list of objects, the class of each chosen by the word in its property `by`. */
export function HoldsVariants(
  by: string,
  variants: Readonly<Record<string, Type<object>>>,
  { from, to }: { readonly from: number; readonly to: number },
): PropertyDecorator {
  const words = Object.keys(variants);
  const classFor = (part: unknown): Type<object> | undefined => {
    const word = isObject(part) ? part[by] : undefined;
    return typeof word === 'string' && Object.hasOwn(variants, word) ? variants[word] : undefined;
  };
  const fault = (value: unknown): string | null => {
    const wrong = faultOfList(value, from, to);
    if (wrong !== null || !Array.isArray(value)) return wrong;
    const index = value.findIndex((part) => classFor(part) === undefined);
    return index < 0 ? null : `[${index}].${by}: expected one of ${words.join(', ')}`;
  };
  return together(
    declare({}, { normalise: (value) => value, classFor }),
    constraint('objects', {}, `a list of ${from} to ${to} objects`, fault),
    ValidateNested(),
    (target) => {
      ApiExtraModels(...Object.values(variants))(target.constructor);
    },
    describe(
      {
        type: 'array',
        minItems: from,
        maxItems: to,
        items: {
          oneOf: Object.values(variants).map((variant) => ({ $ref: getSchemaPath(variant) })),
          discriminator: {
            propertyName: by,
            mapping: Object.fromEntries(Object.entries(variants).map(([word, dto]) => [word, getSchemaPath(dto)])),
          },
        },
      },
      {},
    ),
  );
}

/** What must hold between this property and others. They may be of the wrong type, absent ones are undefined. */
export function Must(holds: (dto: never) => boolean, message: string): PropertyDecorator {
  return ValidateBy({
    name: `must ${message}`,
    validator: {
      validate: (_value: unknown, args) => holds(args?.object as never),
      defaultMessage: () => message,
    },
  });
}

function faultOfList(value: unknown, from: number, to: number): string | null {
  if (!Array.isArray(value) || value.length < from || value.length > to) {
    return `expected a list of ${from} to ${to} objects`;
  }
  const index = value.findIndex((item) => !isObject(item));
  return index < 0 ? null : `[${index}]: expected an object`;
}

function constraint(
  name: string,
  { optional }: Options,
  expected: string,
  faultOf: (value: unknown) => string | null,
): PropertyDecorator {
  const fault = (value: unknown): string | null => {
    if (value === undefined) return optional ? null : `is missing, expected ${expected}`;
    return faultOf(value);
  };
  return ValidateBy({
    name,
    validator: {
      validate: (value: unknown) => fault(value) === null,
      defaultMessage: (args) => fault(args?.value) ?? '',
    },
  });
}

function declare(options: Options, property: Omit<Property, 'optional' | 'otherwise'>): PropertyDecorator {
  return (target, name) => {
    const own = registered.get(target) ?? new Map<string, Property>();
    own.set(String(name), {
      optional: options.optional ?? false,
      otherwise: options.otherwise ?? null,
      ...property,
    });
    registered.set(target, own);
  };
}

function describe(schema: Readonly<Record<string, unknown>>, { optional, otherwise }: Options): PropertyDecorator {
  return ApiProperty({
    ...schema,
    required: !optional,
    ...(otherwise === undefined ? {} : { default: otherwise }),
  });
}

function examples({ example }: Options): { readonly example?: unknown } {
  return example === undefined ? {} : { example };
}

function together(...decorators: readonly PropertyDecorator[]): PropertyDecorator {
  return (target, name) => {
    for (const decorate of decorators) decorate(target, name);
  };
}
