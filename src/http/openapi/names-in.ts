/** The names of the parameters in a route's path. */
export function namesIn(path: string): readonly string[] {
  return path.split('/').flatMap((segment) => (segment.startsWith(':') ? [segment.slice(1)] : []));
}
