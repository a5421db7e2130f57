import type { Type } from '@nestjs/common';
import type { Query } from '@nestjs/cqrs';
import type { Caller } from '../../access/caller';
import type { Page, PageOf } from '../../application/queries/page';
import type { Id } from '../../engagement/values';
import type { QueryParameters } from './parameters';

/** What every query is asked with, beside its own parameters. */
export type Asked = {
  readonly caller: Caller;
  /** The header `Access-Reason`; null without one. */
  readonly accessReason: string | null;
  /** An id, or a word, in the path. @throws when the path has none of this name */
  readonly inPath: (name: string) => Id;
  /** Of a list; the first part of it for a query that is none. */
  readonly page: Page;
};

/** One path of the contract's table of queries. */
export type QueryRoute = {
  readonly path: string;
  /** The name of the query, unique among the routes. */
  readonly name: string;
  readonly summary: string;
  readonly parameters: Type<QueryParameters>;
  /** The name of the answer's shape on the OpenAPI page. */
  readonly shape: string;
  readonly isList: boolean;
  /** Whose a cursor is: a reader's with the same filters, or good for every reader of the tenant whatever the filters. */
  readonly cursorsOf: 'reader' | 'tenant';
  /** What stands in the path in place of ids. */
  readonly words: readonly string[];
  readonly queryOf: (asked: Asked, parameters: QueryParameters) => Query<unknown>;
};

type Told<Parameters> = {
  readonly path: string;
  readonly summary: string;
  readonly parameters: Type<Parameters>;
  readonly shape: string;
  readonly words?: readonly string[];
  readonly cursorsOf?: QueryRoute['cursorsOf'];
};

/** A query that answers one thing. */
export function one<Parameters extends QueryParameters>(
  name: string,
  told: Told<Parameters>,
  queryOf: (asked: Asked, parameters: Parameters) => Query<object>,
): QueryRoute {
  return route(name, told, false, queryOf);
}

/** A query that answers a part of a list. */
export function many<Parameters extends QueryParameters & { readonly limit: number }>(
  name: string,
  told: Told<Parameters>,
  queryOf: (asked: Asked, parameters: Parameters) => Query<PageOf<object>>,
): QueryRoute {
  return route(name, told, true, queryOf);
}

function route<Parameters extends QueryParameters>(
  name: string,
  { words = [], cursorsOf = 'reader', ...told }: Told<Parameters>,
  isList: boolean,
  queryOf: (asked: Asked, parameters: Parameters) => Query<unknown>,
): QueryRoute {
  return {
    ...told,
    name,
    words,
    isList,
    cursorsOf,
    // The parameters are bound to the class that stands beside the function.
    queryOf: (asked, parameters) => queryOf(asked, parameters as Parameters),
  };
}
