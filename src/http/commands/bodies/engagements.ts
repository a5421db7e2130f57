import type { Disclosable, PartyName } from '../../../engagement/values';
import { Is, Must } from '../../fields/dto';
import { list } from '../../fields/field';
import { day, integer, oneOf, text, uuid } from '../../fields/kinds';

const statements = list(text, { from: 0, to: 100 });
const differs = (field: 'clientId' | 'coachId' | 'sponsorId', others: readonly ('clientId' | 'coachId')[]) =>
  Must(
    (body: ProposeEngagementBody) => others.every((other) => !body[field] || body[field] !== body[other]),
    `must differ from ${others.join(' and ')}: client, coach and sponsor are three people`,
  );

export class ProposeEngagementBody {
  @Is(uuid, { optional: true })
  engagementId!: string | null;

  @Is(uuid, { example: '0b9d6c9e-3f57-4a3d-8a51-0c7a3f0f6a11' })
  clientId!: string;

  @Is(uuid, { example: '7d1f5b5c-93f0-4d19-9a5e-5e5f0d5f3c22' })
  @differs('coachId', ['clientId'])
  coachId!: string;

  @Is(uuid, { optional: true, example: 'c2a7e8b4-11de-4f0b-b0a9-9a8b7c6d5e33' })
  @differs('sponsorId', ['clientId', 'coachId'])
  sponsorId!: string | null;

  @Is(day, { example: '2026-01-05' })
  startsOn!: string;

  @Is(day, { example: '2026-12-18' })
  endsOn!: string;

  @Is(integer(1, 3_660), { optional: true, example: 14 })
  checkInEveryDays!: number | null;
}

export class SignAgreementBody {
  @Is(oneOf('client', 'coach', 'sponsor'))
  party!: PartyName;

  /** What the client lets the sponsor see. */
  @Is(
    list(oneOf('goals', 'progress', 'attendance'), {
      from: 0,
      to: 3,
      unique: true,
      example: ['progress', 'attendance'],
    }),
    { optional: true },
  )
  @Must(
    (body: SignAgreementBody) => (body.discloses as unknown) === undefined || body.party === 'client',
    'is for the client alone to say: leave it out, or sign as the party client',
  )
  discloses!: readonly Disclosable[] | null;
}

export class CompleteEngagementBody {
  @Is(text, { example: 'Both goals achieved; the new role starts in May.' })
  summary!: string;
}

export class ExtendEngagementBody {
  @Is(day, { example: '2027-03-31' })
  endsOn!: string;

  @Is(text, { example: 'The sponsor grants one more quarter.' })
  reason!: string;
}

export class ReassignCoachBody {
  @Is(uuid)
  coachId!: string;

  @Is(text, { example: 'The coach moves to another office.' })
  reason!: string;
}

export class ArticulateVisionBody {
  @Is(text, { example: 'To lead a small product team that people like to join.' })
  vision!: string;

  @Is(statements, { example: ['autonomy', 'craft'] })
  values!: readonly string[];

  @Is(statements, { example: ['user research'] })
  interests!: readonly string[];

  @Is(statements, { example: ['team lead within two years'] })
  aspirations!: readonly string[];
}
