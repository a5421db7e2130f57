import type { Step } from '../story';
import { type Calendar, client, coach, engagementId, pen, sponsor } from './people';

/** Three parties agree, and the client says what her sponsor may see. */
export function agreement({ at, day }: Calendar): Step[] {
  const { send } = pen;
  const register = (person: typeof client, minute: number): Step =>
    send(at(-40, 'Mon', `08:0${minute}`), coach, 'POST /participants', `register-${person.role}`, {
      participantId: person.id,
      kind: person.role,
      name: person.name,
      email: person.email,
    });
  return [
    register(coach, 0),
    register(client, 1),
    register(sponsor, 2),
    send(at(-40, 'Mon', '08:10'), coach, 'POST /engagements', 'propose', {
      engagementId,
      clientId: client.id,
      coachId: coach.id,
      sponsorId: sponsor.id,
      startsOn: day(-39, 'Mon'),
      endsOn: day(13, 'Fri'),
      checkInEveryDays: 14,
    }),
    send(at(-40, 'Tue', '18:20'), client, 'POST …/agreement', 'client-signs', {
      party: 'client',
      discloses: ['progress', 'attendance'],
    }),
    send(at(-40, 'Wed', '08:30'), coach, 'POST …/agreement', 'coach-signs', { party: 'coach' }),
    send(at(-40, 'Thu', '11:00'), sponsor, 'POST …/agreement', 'sponsor-signs', { party: 'sponsor' }),
    send(at(-39, 'Mon', '15:00'), coach, 'POST …/start', 'start'),
    send(at(-39, 'Mon', '16:10'), client, 'PUT …/vision', 'vision', {
      vision:
        'In three years I build the tools that nurses work with, in a hospital that listens to the ward before it buys them.',
      values: ['the safety of patients', 'learning', 'time for my daughter'],
      interests: ['how information gets lost', 'drawing how work flows', 'teaching new colleagues'],
      aspirations: ['clinical informatics nurse', 'no night shifts by next winter'],
    }),
  ];
}
