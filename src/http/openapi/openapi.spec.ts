import { createHttpApp, type HttpApp } from '../../../test/support/http-app';

type Operation = {
  readonly operationId: string;
  readonly summary: string;
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly required?: boolean }[];
  readonly requestBody?: { readonly required: boolean };
  readonly responses: Readonly<Record<string, { readonly content?: object; readonly headers?: object }>>;
  readonly security?: readonly object[];
};
type Document = {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, object>>; readonly securitySchemes: object };
};

/** Every path of the contract, with its methods. */
const contract = `
  POST /v1/participants
  GET /v1/participants/{participantId}
  POST /v1/participants/{participantId}/update
  GET PUT /v1/participants/{participantId}/preferences
  GET POST /v1/engagements
  GET /v1/engagements/{engagementId}
  POST …/agreement
  POST …/start
  POST …/pause
  POST …/resume
  POST …/complete
  POST …/extend
  POST …/end-early
  POST …/reopen
  POST …/coach
  PUT …/vision
  POST …/goals
  POST …/goals/priorities
  POST …/goals/{goalId}/accept
  POST …/goals/{goalId}/reject
  POST …/goals/{goalId}/hold
  POST …/goals/{goalId}/resume
  POST …/goals/{goalId}/achieve
  POST …/goals/{goalId}/abandon
  POST …/goals/{goalId}/progress
  POST …/goals/{goalId}/attainment
  POST …/milestones
  POST …/milestones/{milestoneId}/reach
  POST …/milestones/{milestoneId}/miss
  POST …/milestones/{milestoneId}/reopen
  POST …/milestones/{milestoneId}/drop
  POST …/actions
  POST …/actions/{actionId}/complete
  POST …/actions/{actionId}/drop
  GET POST …/resources
  POST …/resources/{resourceId}/allocate
  POST …/resources/{resourceId}/release
  GET POST …/barriers
  POST …/barriers/{barrierId}/strategies
  POST …/barriers/{barrierId}/resolve
  POST …/barriers/{barrierId}/reopen
  GET POST …/check-ins
  POST …/check-ins/{checkInId}/reschedule
  POST …/check-ins/{checkInId}/hold
  POST …/check-ins/{checkInId}/miss
  POST …/plan/agreement
  POST …/plan/adaptations
  POST …/celebrations
  POST …/setbacks
  GET POST …/notes
  GET …/progress
  GET …/plan
  GET …/plan/revisions
  GET …/plan/diff
  GET …/audit
  GET …/brief
  GET …/disclosures
  GET …/notifications
  GET /v1/caseload
  GET /v1/analytics/{view}
  GET /v1/projections
  GET /v1/feed
  POST /dev/tokens`;

let http: HttpApp;
let document: Document;

beforeAll(async () => {
  http = await createHttpApp();
  document = (await http.inject({ method: 'GET', url: '/openapi.json' })).json<Document>();
});

afterAll(async () => {
  await http.close();
});

const operations = () =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );

it('is OpenAPI 3.1, at the root and without a token', () => {
  expect(document.openapi).toBe('3.1.0');
  expect(document.components.securitySchemes).toMatchObject({ token: { type: 'http', scheme: 'bearer' } });
});

it('has every path of the contract, and no other', () => {
  const wanted = contract
    .replaceAll('…', '/v1/engagements/{engagementId}')
    .trim()
    .split('\n')
    .flatMap((line) => {
      const words = line.trim().split(' ');
      return words.slice(0, -1).map((method) => `${method.toLowerCase()} ${String(words.at(-1))}`);
    });
  expect(
    operations()
      .map(({ method, path }) => `${method} ${path}`)
      .sort(),
  ).toEqual(wanted.sort());
});

it('refers to nothing that it does not describe', () => {
  const references = JSON.stringify(document).matchAll(/"#\/components\/schemas\/([^"]+)"/g);
  const described = Object.keys(document.components.schemas);
  for (const [, name] of references) expect(described).toContain(name);
  expect(JSON.stringify(document)).not.toContain('nullable');
});

it('names each operation once, with a summary and the parameters of its path', () => {
  const ids = operations().map(({ operation }) => operation.operationId);
  expect(new Set(ids).size).toBe(ids.length);
  for (const { path, operation } of operations()) {
    expect(operation.summary).toMatch(/\w+ \w+/);
    const inPath = (operation.parameters ?? []).filter((parameter) => parameter.in === 'path');
    expect(inPath.map(({ name }) => `{${name}}`)).toEqual(path.match(/\{\w+\}/g) ?? []);
  }
});

it('tells of commands: their headers, bodies and answers', () => {
  const {
    parameters = [],
    requestBody,
    responses,
  } = document.paths['/v1/engagements/{engagementId}/goals']?.post ?? {};
  expect(parameters.map(({ name }) => name)).toEqual(['engagementId', 'Idempotency-Key', 'If-Match']);
  expect(requestBody?.required).toBe(true);
  expect(document.paths['/v1/engagements/{engagementId}/start']?.post?.requestBody?.required).toBe(false);
  expect(Object.keys(responses ?? {}).sort()).toEqual('201 400 401 403 404 409 412 413 415 422 429 503'.split(' '));
  expect(responses?.['201']?.headers).toMatchObject({ ETag: {}, 'Event-Position': {} });
  expect(responses?.['409']?.content).toEqual({
    'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } },
  });
});

it('tells of queries: their parameters and answers', () => {
  const { parameters = [], responses } = document.paths['/v1/engagements/{engagementId}/audit']?.get ?? {};
  expect(parameters.map(({ name }) => name).sort()).toEqual(
    'Access-Reason Min-Position actor cursor engagementId from limit minPosition order to type'.split(' ').sort(),
  );
  const table = document.paths['/v1/analytics/{view}']?.get?.responses['200'];
  expect(Object.keys(table?.content ?? {})).toEqual(['application/json', 'text/csv']);
  expect(responses?.['200']?.headers).toMatchObject({ 'Projection-Position': {}, 'Projection-Lag': {} });
});

it('gives examples that the server takes', async () => {
  const exampleOf = (schema: Record<string, unknown>): unknown => {
    if (typeof schema.$ref === 'string') {
      return exampleOf(document.components.schemas[schema.$ref.split('/').at(-1) ?? ''] as Record<string, unknown>);
    }
    if ('example' in schema) return schema.example;
    if (schema.type === 'array') {
      const items = exampleOf(schema.items as Record<string, unknown>);
      return Array.from({ length: Math.max(1, Number(schema.minItems ?? 1)) }, () => items);
    }
    const required = (schema.required ?? []) as readonly string[];
    const properties = (schema.properties ?? {}) as Record<string, Record<string, unknown>>;
    return Object.fromEntries(required.map((name) => [name, exampleOf(properties[name] ?? {})]));
  };
  for (const [name, path, more] of [
    ['ProposeEngagementBody', '/v1/engagements', {}],
    ['RegisterParticipantBody', '/v1/participants', {}],
    ['MilestoneBody', '/v1/engagements/{engagementId}/milestones', {}],
    ['ActionBody', '/v1/engagements/{engagementId}/actions', {}],
    ['RecordNoteBody', '/v1/engagements/{engagementId}/notes', {}],
    ['IdentifyBarrierBody', '/v1/engagements/{engagementId}/barriers', { affects: [] }],
    ['AgreePlanBody', '/v1/engagements/{engagementId}/plan/agreement', {}],
    [
      'GoalBody',
      '/v1/engagements/{engagementId}/goals',
      { measure: exampleOf({ $ref: '#/components/schemas/MeasureBody' }) },
    ],
  ] as const) {
    const payload = { ...(exampleOf({ $ref: `#/components/schemas/${name}` }) as object), ...more };
    const answer = await http.ask(
      'POST',
      path.replace('{engagementId}', '6f1c2f0e-5b7a-4c8e-9f2d-3a4b5c6d7e8f'),
      payload,
    );
    expect([name, answer.statusCode, answer.body]).toEqual([name, 201, expect.any(String)]);
  }
});

it('has a page that loads nothing from elsewhere', async () => {
  const page = await http.inject({ method: 'GET', url: '/docs' });
  expect([page.statusCode, page.headers['content-type']]).toEqual([200, expect.stringMatching(/^text\/html/)]);
  const sources = [...page.body.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, source]) => String(source));
  expect(sources.length).toBeGreaterThan(3);
  for (const source of sources) {
    expect(source).toMatch(/^\.\/docs\//);
    expect((await http.inject({ method: 'GET', url: source.slice(1) })).statusCode).toBe(200);
  }
  const script = await http.inject({ method: 'GET', url: '/docs/swagger-ui-init.js' });
  expect(script.body).toContain('"openapi": "3.1.0"');
});
