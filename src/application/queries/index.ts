import type { Provider } from '@nestjs/common';

/** The handler of every query, for the QueryBus. */
export const queryHandlers: readonly Provider[] = [];
