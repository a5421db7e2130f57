import {
  ApiBody,
  ApiExtraModels,
  ApiHeader,
  ApiOperation,
  ApiParam,
  ApiResponse,
  getSchemaPath,
} from '@nestjs/swagger';
import type { RecordRoute } from '../commands/record-route';
import { propertiesOf } from '../fields/dto';
import { namesIn } from './names-in';
import { problemAnswers } from './problem-answers';
import { named } from './schema';

const DESCRIPTIONS = { 200: 'Carried out', 201: 'Made', 204: 'Carried out' } as const;

/** What the OpenAPI page says of a command that is no event, from its route and the class of its body. */
export function describeRecord({ method, path, name, summary, body, status, shape }: RecordRoute): MethodDecorator[] {
  const properties = [...propertiesOf(body).values()];
  const bodies =
    properties.length === 0
      ? []
      : [
          ApiExtraModels(body),
          ApiBody({
            required: properties.some(({ optional }) => !optional),
            schema: { $ref: getSchemaPath(body) },
          }),
        ];
  const keys =
    method === 'DELETE'
      ? []
      : [
          ApiHeader({
            name: 'Idempotency-Key',
            description: 'The identity of the command: the same request again gets the first answer again',
            schema: { type: 'string', pattern: '^[!-~]{1,200}$', example: 'd2b8f0c6-onboarding-1' },
          }),
        ];
  return [
    ApiOperation({ operationId: name, summary }),
    ...namesIn(path).map((parameter) => ApiParam({ name: parameter, schema: { type: 'string', format: 'uuid' } })),
    ...keys,
    ...bodies,
    ApiResponse({
      status,
      description: DESCRIPTIONS[status],
      ...(shape === null ? {} : { content: { 'application/json': { schema: named(shape) } } }),
    }),
    ...problemAnswers([400, 401, 403, 404, 413, 415, 422, 429, 503]),
  ];
}
