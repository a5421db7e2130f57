import type { PartyName } from '../../../engagement/values';
import { Holds, Is, Must } from '../../fields/dto';
import { list } from '../../fields/field';
import { day, oneOf, text, title, uuid } from '../../fields/kinds';
import { MoneyBody } from './common';
import { ActionFields, MilestoneFields } from './steps';

const party = oneOf('client', 'coach', 'sponsor');
/** A list that holds an id twice is no order; it is refused as the permutation that it can't be. */
const ids = list(uuid, { from: 0, to: 1_000, unique: true });

class MilestoneToAdd extends MilestoneFields {
  @Is(uuid)
  milestoneId!: string;
}

class ActionToAdd extends ActionFields {
  @Is(uuid)
  actionId!: string;
}

export class MilestoneAdded {
  @Is(oneOf('milestone-added'))
  op!: 'milestone-added';

  @Holds(() => MilestoneToAdd)
  milestone!: MilestoneToAdd;
}

export class MilestoneRedated {
  @Is(oneOf('milestone-redated'))
  op!: 'milestone-redated';

  @Is(uuid)
  milestoneId!: string;

  @Is(day, { example: '2026-04-15' })
  from!: string;

  @Is(day, { example: '2026-05-15' })
  to!: string;
}

class MilestoneWording {
  @Is(title)
  title!: string;

  @Is(text)
  criterion!: string;
}

export class MilestoneRedefined {
  @Is(oneOf('milestone-redefined'))
  op!: 'milestone-redefined';

  @Is(uuid)
  milestoneId!: string;

  @Holds(() => MilestoneWording)
  from!: MilestoneWording;

  @Holds(() => MilestoneWording)
  to!: MilestoneWording;
}

const inOrder = (list: unknown): string => (Array.isArray(list) ? list.map(String).sort().join() : '');
const isPermutation = ({ from, to }: MilestoneReordered): boolean => inOrder(from) === inOrder(to);

export class MilestoneReordered {
  @Is(oneOf('milestone-reordered'))
  op!: 'milestone-reordered';

  @Is(uuid)
  goalId!: string;

  @Is(ids)
  from!: readonly string[];

  @Is(ids)
  @Must(isPermutation, 'must hold the ids of from, each once, in their new order')
  to!: readonly string[];
}

export class MilestoneDropped {
  @Is(oneOf('milestone-dropped'))
  op!: 'milestone-dropped';

  @Is(uuid)
  milestoneId!: string;
}

export class ActionAdded {
  @Is(oneOf('action-added'))
  op!: 'action-added';

  @Holds(() => ActionToAdd)
  action!: ActionToAdd;
}

export class ActionRedated {
  @Is(oneOf('action-redated'))
  op!: 'action-redated';

  @Is(uuid)
  actionId!: string;

  @Is(day, { example: '2026-03-20' })
  from!: string;

  @Is(day, { example: '2026-04-20' })
  to!: string;
}

export class ActionReassigned {
  @Is(oneOf('action-reassigned'))
  op!: 'action-reassigned';

  @Is(uuid)
  actionId!: string;

  @Is(party)
  from!: PartyName;

  @Is(party, { example: 'coach' })
  to!: PartyName;
}

class ActionWording {
  @Is(title)
  title!: string;
}

export class ActionRedefined {
  @Is(oneOf('action-redefined'))
  op!: 'action-redefined';

  @Is(uuid)
  actionId!: string;

  @Holds(() => ActionWording)
  from!: ActionWording;

  @Holds(() => ActionWording)
  to!: ActionWording;
}

export class ActionDropped {
  @Is(oneOf('action-dropped'))
  op!: 'action-dropped';

  @Is(uuid)
  actionId!: string;
}

class ResourceFunding {
  @Is(text)
  description!: string;

  @Holds(() => MoneyBody, { optional: true })
  budget!: MoneyBody | null;
}

export class ResourceChanged {
  @Is(oneOf('resource-changed'))
  op!: 'resource-changed';

  @Is(uuid)
  resourceId!: string;

  @Holds(() => ResourceFunding)
  from!: ResourceFunding;

  @Holds(() => ResourceFunding)
  to!: ResourceFunding;
}
