import { addDays } from '../../../engagement/calendar';
import type { Instant, IsoDate } from '../../../engagement/values';
import { instantOn } from '../../firm/dates';
import { character, idOf, penFor, type Pen } from '../story';

export const NAME = 'career-season';

/** A nurse on her way into health informatics, her coach, the hospital that pays, and the practice's supervisor. */
export const client = character(NAME, 'client', 'Ines Wintrow');
export const coach = character(NAME, 'coach', 'Jonas Kestrel');
export const sponsor = character(NAME, 'sponsor', 'Petra Lundqvest');
export const supervisor = character(NAME, 'supervisor', 'Tariq Oakhurst');

export const engagementId = idOf(NAME, 'engagement');
export const pen: Pen = penFor(NAME, engagementId);

const id = (thing: string): string => idOf(NAME, thing);

export const goals = { certificate: id('goal certificate'), lead: id('goal lead'), scanning: id('goal scanning') };
export const milestones = {
  enrolled: id('milestone enrolled'),
  firstModules: id('milestone first modules'),
  secondModules: id('milestone second modules'),
  capstone: id('milestone capstone'),
  twoDays: id('milestone two days'),
  handover: id('milestone handover'),
  board: id('milestone board'),
  application: id('milestone application'),
  causes: id('milestone causes'),
  trolleys: id('milestone trolleys'),
};
export const actions = {
  apply: id('action apply'),
  studyDays: id('action study days'),
  evenings: id('action evenings'),
  practice: id('action practice'),
  introduce: id('action introduce'),
  mapHandover: id('action map handover'),
  rehearse: id('action rehearse'),
  selfPaced: id('action self-paced'),
  reference: id('action reference'),
  rounds: id('action rounds'),
};
export const resources = { fees: id('resource fees'), alumni: id('resource alumni'), days: id('resource days') };
export const barrierId = id('barrier');
export const setbackId = id('setback');
export const checkInId = (week: number): string => id(`check-in in week ${week}`);

type Weekday = 'Mon' | 'Tue' | 'Wed' | 'Thu' | 'Fri';
const weekdays: readonly Weekday[] = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri'];

/** The dates of the season. Weeks are counted from the last working week that is over: 0 is that week, −1 the one before. */
export type Calendar = {
  readonly day: (week: number, weekday: Weekday) => IsoDate;
  /** `time` is `HH:MM`, UTC. */
  readonly at: (week: number, weekday: Weekday, time: string) => Instant;
};

export function calendarOf(today: IsoDate): Calendar {
  const weekdayOfToday = (new Date(today).getUTCDay() + 6) % 7;
  const lastMonday = addDays(today, -weekdayOfToday - 7);
  const day: Calendar['day'] = (week, weekday) => addDays(lastMonday, week * 7 + weekdays.indexOf(weekday));
  return {
    day,
    at: (week, weekday, time) => {
      const [hours = 0, minutes = 0] = time.split(':').map(Number);
      return instantOn(day(week, weekday), hours * 60 + minutes);
    },
  };
}
