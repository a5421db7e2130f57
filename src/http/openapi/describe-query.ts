import { ApiHeader, ApiOperation, ApiParam, ApiQuery, ApiResponse } from '@nestjs/swagger';
import { propertiesOf } from '../fields/dto';
import type { QueryRoute } from '../queries/route';
import { namesIn } from './names-in';
import { problemAnswers } from './problem-answers';
import { many, named, orNull, type Schema, shape, string } from './schema';

const answerHeaders = {
  'Projection-Position': { description: 'How far the read models had come', schema: { type: 'string' as const } },
  'Projection-Lag': {
    description: 'How far they were behind, in milliseconds',
    schema: { type: 'integer' as const, minimum: 0 },
  },
};

/** What the OpenAPI page says of a query, from its route and the class of its parameters. */
export function describeQuery(route: QueryRoute): MethodDecorator[] {
  const { path, isList, shape: name, words } = route;
  const isFeed = name === 'CloudEvent';
  const schema: Schema = isList
    ? shape({ items: many(named(name)), next: isFeed ? string : orNull(string) })
    : named(name);
  const isTable = name === 'AnalyticsTable';
  return [
    ApiOperation({ operationId: route.name, summary: route.summary }),
    ...namesIn(path).map((parameter) =>
      ApiParam({
        name: parameter,
        schema: words.includes(parameter)
          ? { type: 'string', example: 'adaptations' }
          : { type: 'string', format: 'uuid' },
      }),
    ),
    ...[...propertiesOf(route.parameters)].map(([parameter, property]) =>
      ApiQuery({
        name: parameter,
        required: !property.optional,
        schema: {
          ...property.schema,
          ...(property.otherwise === null ? {} : { default: property.otherwise }),
        },
      }),
    ),
    ApiHeader({
      name: 'Min-Position',
      description: "Answer only when the read models have passed this command's Event-Position, within 5 seconds",
      schema: { type: 'string' },
    }),
    ApiHeader({
      name: 'Access-Reason',
      description: 'Why a supervisor looks, in 10 to 500 characters',
      schema: { type: 'string', minLength: 10, maxLength: 500 },
    }),
    ApiResponse({
      status: 200,
      description: isList ? 'A part of the list' : 'The answer',
      headers: answerHeaders,
      content: {
        'application/json': { schema },
        ...(isTable ? { 'text/csv': { schema: { type: 'string' } } } : {}),
        ...(isFeed ? { 'text/event-stream': { schema: { type: 'string' } } } : {}),
      },
    }),
    ...problemAnswers([400, 401, 403, 404, 429, 503]),
  ];
}
