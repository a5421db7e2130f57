import type { Instant } from '../../engagement/values';

/** A letter to one person, ready to be sent. */
export type Mail = {
  /** The same for the same letter, always: a receiver may know it by it. */
  readonly id: string;
  readonly to: { readonly name: string; readonly address: string };
  readonly at: Instant;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
};

/**
 * What became of a letter:
 * - `sent`: it was taken over.
 * - `refused`: it was not and never will be; `problem` is a word of ours.
 * - `not-sent`: certainly not, but another time it may.
 * - `unknown`: the connection broke when it may have been taken over.
 */
export type Delivery =
  { readonly outcome: 'sent' } | { readonly outcome: 'refused' | 'not-sent' | 'unknown'; readonly problem: string };

export type Mailer = {
  /** `email`, or `outbox` for files. */
  readonly channel: 'email' | 'outbox';
  /** Never rejects. */
  readonly deliver: (mail: Mail) => Promise<Delivery>;
};
