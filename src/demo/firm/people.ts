import { uuidV5 } from '../../platform/ids';
import type { Id } from '../../engagement/values';
import type { Random } from './random';
import { employers, firstNames, lastNames } from './vocabulary/names';

/** Keeps the ids of invented people apart from all others. */
const NAMESPACE = '5f3c7b1e-0d5a-4c58-9f5e-6a1d1c0f4b27';

export type Person = {
  readonly id: Id;
  readonly kind: 'client' | 'coach' | 'sponsor';
  readonly name: string;
  readonly email: string;
};

export type People = {
  readonly coaches: readonly Person[];
  readonly clients: readonly Person[];
  readonly sponsors: readonly Person[];
};

/** So many people with names of their own; the same for the same chance. */
export function inventPeople(random: Random, count: { coaches: number; clients: number; sponsors: number }): People {
  const pairs = firstNames.flatMap((first) => lastNames.map((last) => ({ first, last })));
  const names = random.sample(pairs, count.coaches + count.clients + count.sponsors);
  const take = (kind: Person['kind'], howMany: number): Person[] =>
    names.splice(0, howMany).map(({ first, last }, index) => {
      const id = uuidV5(NAMESPACE, `${kind} ${index + 1}`);
      const employer = employers[index % employers.length] ?? '';
      const name = kind === 'sponsor' ? `${first} ${last}, ${employer}` : `${first} ${last}`;
      return { id, kind, name, email: `${mailName(first)}.${mailName(last)}@example.org` };
    });
  return {
    coaches: take('coach', count.coaches),
    clients: take('client', count.clients),
    sponsors: take('sponsor', count.sponsors),
  };
}

function mailName(name: string): string {
  return name
    .toLowerCase()
    .normalize('NFD')
    .replace(/[^a-z-]/g, ''); // ü becomes u
}
