import type { Facts } from '../../engagement/measures/facts';
import type { HealthSettings } from '../../engagement/measures/fired-rule';
import { healthOf } from '../../engagement/measures/health';
import { healthSentence, titlesOf } from '../../engagement/sentences';
import type { IsoDate } from '../../engagement/values';
import type { Health } from './shapes';

export function toHealth(facts: Facts, asOf: IsoDate, settings: HealthSettings): Health {
  const { level, rules } = healthOf(facts, asOf, settings);
  const titles = titlesOf(facts.engagement);
  return {
    level,
    rules: rules.map((fired) => ({
      rule: fired.rule,
      level: fired.level,
      about: fired.about,
      since: fired.since,
      sentence: healthSentence(fired, titles),
    })),
  };
}
