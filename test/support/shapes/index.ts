/**
 * The shapes of the HTTP contract, to the letter. Fields that are hidden from some reader may be null in any answer here;
 * who sees them is what the specs of access say.
 */
export * from './history';
export * from './lists';
export * from './overview';
export * from './plan';
export * from './progress';
