import type { FastifyRequest } from 'fastify';
import type { Id } from '../../engagement/values';
import type { Fault } from '../fields/bind';
import { uuid } from '../fields/kinds';

/** The ids in a request's path by their names, in lower case. Those that are none go to `faults`. */
export function pathIds(request: FastifyRequest, faults: Fault[]): Readonly<Partial<Record<string, Id>>> {
  const ids = Object.entries(request.params as Record<string, string>).map(([name, given]) => {
    const id = given.toLowerCase();
    const message = uuid.fault(id);
    if (message !== null) faults.push({ path: name, message });
    return [name, id] as const;
  });
  return Object.fromEntries(ids);
}
