import { dateTime, id, type Schema, string, whole, words } from './schema';

const cloudEvent: Readonly<Record<string, Schema>> = {
  specversion: words('1.0'),
  id,
  source: { type: 'string', format: 'uri-reference' },
  type: string,
  subject: id,
  time: dateTime,
  datacontenttype: words('application/json'),
  dataschema: { type: 'string', format: 'uri' },
  tenant: string,
  recordedtime: dateTime,
  revision: whole,
  actorid: id,
  actorrole: string,
  onbehalfof: id,
  correlationid: id,
  causationid: id,
  data: { type: 'object', description: 'Ids, dates, numbers and codes' },
};
const OPTIONAL = ['onbehalfof', 'causationid'];

/** The shapes of what other systems get, by their names. */
export const integrationShapes: Readonly<Record<string, Schema>> = {
  CloudEvent: {
    type: 'object',
    description: 'CloudEvents 1.0 in structured JSON',
    required: Object.keys(cloudEvent).filter((name) => !OPTIONAL.includes(name)),
    properties: cloudEvent,
  },
};
