/**
 * The shapes of the HTTP contract, field by field. What the reader may not see is null: text fields that are hidden from
 * some reader are nullable here, though the contract's page leaves that to its sentence on redaction.
 */
export type * from './people';
export type * from './health';
export type * from './overview';
export type * from './progress';
export type * from './plan';
export type * from './record';
export type * from './firm';
export type * from './notifications';
