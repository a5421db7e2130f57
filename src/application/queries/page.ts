/** What a cursor may hold. */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/** Which part of a list is wanted: at most `limit` items, those that follow the item at `after` (null: from the first). */
export type Page = { readonly limit: number; readonly after: JsonValue | null };

export type Order = 'asc' | 'desc';

/** A part of a list; `next` is the `after` of the next part, null when this is the last. */
export type PageOf<Item> = { readonly items: readonly Item[]; readonly next: JsonValue | null };
