import type { Id, Role } from '../engagement/values';

/** Who is asking, as the token says. */
export type Caller = {
  readonly tenantId: string;
  readonly id: Id;
  readonly roles: readonly Role[];
};
