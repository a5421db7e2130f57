import {
  ApiBody,
  ApiExtraModels,
  ApiHeader,
  ApiOperation,
  ApiParam,
  ApiResponse,
  getSchemaPath,
} from '@nestjs/swagger';
import { CommandFields } from '../commands/bodies/common';
import type { CommandRoute } from '../commands/route';
import { propertiesOf } from '../fields/dto';
import { namesIn } from './names-in';
import { problemAnswers } from './problem-answers';
import { id, many, shape, string, whole } from './schema';

const answerHeaders = {
  ETag: { description: 'The revision in quotes, for If-Match', schema: { type: 'string' as const, example: '"7"' } },
  'Event-Position': { description: 'For Min-Position', schema: { type: 'string' as const } },
};

/** What the OpenAPI page says of a command, from its route and the class of its body. */
export function describeCommand(route: CommandRoute): MethodDecorator[] {
  const { body, makes, subject } = route;
  const parts = propertiesOf(body).size > 0 ? [body, CommandFields] : [CommandFields];
  const isNeeded = [...propertiesOf(body).values()].some(({ optional }) => !optional);
  const made = makes === null || makes === subject ? {} : { [makes]: makes === 'planRevision' ? whole : id };
  return [
    ApiOperation({ operationId: route.kind, summary: route.summary }),
    ...namesIn(route.path).map((name) => ApiParam({ name, schema: { type: 'string', format: 'uuid' } })),
    ApiHeader({
      name: 'Idempotency-Key',
      description: 'The identity of the command: the same request again gets the first answer again',
      schema: { type: 'string', pattern: '^[!-~]{1,200}$', example: 'd2b8f0c6-onboarding-1' },
    }),
    ApiHeader({
      name: 'If-Match',
      description: 'Carry the command out at this revision only',
      schema: { type: 'string', pattern: '^"[0-9]+"$', example: '"6"' },
    }),
    ApiExtraModels(...parts),
    ApiBody({
      required: isNeeded,
      schema: { type: 'object', allOf: parts.map((part) => ({ $ref: getSchemaPath(part) })) },
    }),
    ApiResponse({
      status: makes === null ? 200 : 201,
      description: makes === null ? 'Carried out' : 'Made',
      headers: answerHeaders,
      content: {
        'application/json': {
          schema: shape({ [subject]: id, revision: whole, position: string, eventIds: many(id), ...made }),
        },
      },
    }),
    ...problemAnswers([400, 401, 403, 404, 409, 412, 413, 415, 422, 429, 503]),
  ];
}
