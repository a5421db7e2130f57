import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Caller } from '../../access/caller';
import type { Engagement } from '../../engagement/engagement';
import type { Id } from '../../engagement/values';
import type { Queryable } from '../../platform/database';
import { type Preferences, writePreferences } from '../../records/preferences';
import { admitToPreferences, toPreferencesShape } from '../preferences';
import type { PreferencesShape } from '../queries/shapes';
import { ENGAGEMENTS, POOL, RULE_SETTINGS, type RuleSettings } from '../tokens';
import type { StreamStates } from './stream-states';

/** Puts these in the place of all that the person preferred before. Nothing of it is an event: it is no part of the record. */
export class SetPreferences extends Command<PreferencesShape> {
  constructor(
    readonly caller: Caller,
    readonly participantId: Id,
    readonly preferences: Preferences,
  ) {
    super();
  }
}

@CommandHandler(SetPreferences)
export class SetPreferencesHandler implements ICommandHandler<SetPreferences> {
  constructor(
    @Inject(POOL) private readonly db: Queryable,
    @Inject(ENGAGEMENTS) private readonly engagements: StreamStates<Engagement>,
    @Inject(RULE_SETTINGS) private readonly rules: RuleSettings,
  ) {}

  async execute({ caller, participantId, preferences }: SetPreferences): Promise<PreferencesShape> {
    await admitToPreferences(this.db, this.engagements, caller, participantId);
    await writePreferences(this.db, { tenantId: caller.tenantId, participantId }, preferences);
    return toPreferencesShape(participantId, preferences, this.rules.timeZone);
  }
}
