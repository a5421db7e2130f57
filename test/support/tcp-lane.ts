import type { Socket } from 'node:net';
import type { CurrentMode, NetworkMode, Way } from './network-mode';

/** One way of a connection through a network: what comes out of `from` goes into `to` as the network's mode has it. */
export type Lane = {
  /** Takes a piece that came. */
  take(piece: Buffer): void;
  /** Lets go of what it holds back, where the mode allows it now. */
  modeChanged(): void;
  close(): void;
};

type Ends = {
  readonly from: Socket;
  readonly to: Socket;
  /** The connection met a half-open network: nothing of it arrives any more. */
  lose(): void;
  readonly isLost: () => boolean;
  /** Breaks the connection at both ends. */
  reset(): void;
};

export function createLane(way: Way, network: CurrentMode, ends: Ends): Lane {
  const held: Buffer[] = [];
  const late: { piece: Buffer; dueAt: number }[] = [];
  let timer: NodeJS.Timeout | undefined;
  let freeAt = 0;

  const write = (piece: Buffer) => {
    if (ends.to.destroyed || ends.to.write(piece)) return;
    ends.from.pause();
    ends.to.once('drain', () => ends.from.resume());
  };

  const giveOut = () => {
    const [first] = late;
    if (!first || timer) return;
    timer = setTimeout(() => {
      timer = undefined;
      late.shift();
      write(first.piece);
      giveOut();
    }, first.dueAt - performance.now());
  };

  /** Pieces stay in order: each is due after the one before it. */
  const later = (piece: Buffer, { delayMs, bytesPerSecond = Infinity }: Extract<NetworkMode, { kind: 'slow' }>) => {
    freeAt = Math.max(freeAt, performance.now()) + (piece.length / bytesPerSecond) * 1000;
    late.push({ piece, dueAt: Math.max(freeAt + delayMs, late.at(-1)?.dueAt ?? 0) });
    giveOut();
  };

  const take = (piece: Buffer) => {
    if (ends.isLost()) return;
    const { mode } = network;
    switch (mode.kind) {
      case 'half-open':
        network.hit();
        ends.lose();
        break;
      case 'stalled':
        if (mode.way !== undefined && mode.way !== way) write(piece);
        else {
          network.hit();
          held.push(piece);
          ends.from.pause();
        }
        break;
      case 'slow':
        network.hit();
        later(piece, mode);
        break;
      case 'reset': {
        const passes = mode.way === way ? network.takeBytes(piece.length) : undefined;
        if (passes === undefined) write(piece);
        else {
          network.hit();
          write(piece.subarray(0, passes));
          ends.reset();
        }
        break;
      }
      case 'clear':
      case 'down':
        if (late.length > 0) later(piece, { kind: 'slow', delayMs: 0 });
        else write(piece);
        break;
    }
  };

  return {
    take,
    modeChanged: () => {
      if (held.length === 0) return;
      ends.from.resume();
      for (const piece of held.splice(0)) take(piece);
    },
    close: () => {
      clearTimeout(timer);
      late.length = 0;
    },
  };
}
