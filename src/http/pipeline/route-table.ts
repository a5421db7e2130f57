import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Problem } from '../problems/problem';

/** Which paths there are, and by which methods they can be asked. */
export type RouteTable = {
  /** Refuses a request that no route serves: 405 where the path exists, else 404. */
  readonly require: (request: FastifyRequest) => void;
};

/** Collects the routes that are added to `fastify` from now on. */
export function collectRoutes(fastify: FastifyInstance): RouteTable {
  const methodsOf = new Map<string, Set<string>>();
  fastify.addHook('onRoute', ({ url, method }) => {
    const methods = methodsOf.get(url) ?? new Set();
    for (const each of [method].flat()) methods.add(each);
    methodsOf.set(url, methods);
  });

  const allowed = (path: string): readonly string[] =>
    [...methodsOf].filter(([pattern]) => matches(pattern, path)).flatMap(([, methods]) => [...methods]);

  return {
    require: (request) => {
      // The router lets a parameter be empty; such a path is another one, which no route serves.
      const isServed = !request.is404 && Object.values(request.params as object).every((value) => value !== '');
      if (isServed) return;
      const path = pathOf(request);
      const methods = [...new Set(allowed(path))].sort();
      if (methods.length === 0) throw new Problem('not-found', `There is nothing at ${path}.`);
      throw new Problem('method-not-allowed', `Ask for ${path} with ${methods.join(' or ')}, not ${request.method}.`, {
        headers: { Allow: methods.join(', ') },
      });
    },
  };
}

/** The path of a request without its query string. */
export function pathOf(request: Pick<FastifyRequest, 'url'>): string {
  const [path = ''] = request.url.split('?', 1);
  return path;
}

function matches(pattern: string, path: string): boolean {
  const wanted = pattern.split('/');
  const given = path.split('/');
  const rest = wanted.indexOf('*');
  if (rest < 0 ? wanted.length !== given.length : given.length < wanted.length) return false;
  return wanted.every(
    (segment, index) => segment === '*' || segment === given[index] || (segment.startsWith(':') && given[index] !== ''),
  );
}
