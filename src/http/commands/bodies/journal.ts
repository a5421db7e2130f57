import type { NoteVisibility } from '../../../engagement/values';
import { Is, Must } from '../../fields/dto';
import { email, oneOf, text, title, uuid } from '../../fields/kinds';

export class CelebrateBody {
  @Is(uuid, { optional: true })
  celebrationId!: string | null;

  /** A goal, milestone, action, barrier, resource or check-in. */
  @Is(uuid)
  about!: string;

  @Is(text, { example: 'Dinner with the whole team.' })
  how!: string;
}

export class RecordSetbackBody {
  @Is(uuid, { optional: true })
  setbackId!: string | null;

  @Is(text, { example: 'The first prototype was turned down.' })
  description!: string;

  @Is(text, { optional: true, example: 'Show it half done, and earlier.' })
  lesson!: string | null;
}

export class RecordNoteBody {
  @Is(uuid, { optional: true })
  noteId!: string | null;

  @Is(oneOf('coach-private', 'shared'), { example: 'shared' })
  visibility!: NoteVisibility;

  @Is(text, { example: 'Next time: what would she do with a second designer?' })
  text!: string;

  /** A goal, milestone, action, barrier, resource or check-in. */
  @Is(uuid, { optional: true })
  about!: string | null;
}

export class RegisterParticipantBody {
  @Is(uuid, { optional: true })
  participantId!: string | null;

  @Is(oneOf('client', 'coach', 'sponsor', 'staff'))
  kind!: 'client' | 'coach' | 'sponsor' | 'staff';

  @Is(title, { example: 'Kim Adeyemi' })
  name!: string;

  @Is(email, { optional: true })
  email!: string | null;
}

export class UpdateParticipantBody {
  @Is(title, { optional: true, example: 'Kim Adeyemi-Roth' })
  @Must(
    (body: UpdateParticipantBody) => Boolean(body.name ?? body.email),
    'is missing, and so is email: one of the two is expected',
  )
  name!: string | null;

  @Is(email, { optional: true })
  email!: string | null;
}
