import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { engagementShapes } from './engagement-shapes';
import { integrationShapes } from './integration-shapes';
import { notificationShapes } from './notification-shapes';
import { planShapes } from './plan-shapes';
import { recordShapes } from './record-shapes';
import type { Schema } from './schema';

const DESCRIPTION = `The record of coaching engagements: why a plan changed, who agreed, and what was known then.

Commands are \`POST\` (\`PUT\` for the vision). Each takes \`occurredAt\` and \`onBehalfOf\` beside its own fields, and the
headers \`Idempotency-Key\` and \`If-Match\`. Its answer's \`Event-Position\` goes into \`Min-Position\` of a query that is to
see it. Refusals are RFC 9457 problem details; \`code\` is stable.`;

type Served = { readonly openapi: string; readonly components?: OpenAPIObject['components'] };

/** Serves the OpenAPI document at /openapi.json and a page that shows it at /docs, both from the routes' own classes. */
export function serveOpenApi(app: INestApplication, version: string): void {
  const config = new DocumentBuilder()
    .setTitle('Cairn')
    .setDescription(DESCRIPTION)
    .setVersion(version)
    .setOpenAPIVersion('3.1.0')
    .setLicense('MIT', 'https://opensource.org/license/mit')
    .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'JWT' }, 'token')
    .addSecurityRequirements('token')
    .build();
  const document = (): OpenAPIObject => withShapes(SwaggerModule.createDocument(app, config));
  SwaggerModule.setup('docs', app, document, {
    jsonDocumentUrl: 'openapi.json',
    raw: ['json'],
    customSiteTitle: 'Cairn',
    swaggerOptions: { persistAuthorization: true },
  });
}

/** The answers' shapes are types of the application, which no class stands for: they are described beside them. */
function withShapes<Document extends Served>(document: Document): Document {
  const described: Readonly<Record<string, Schema>> = {
    ...engagementShapes,
    ...planShapes,
    ...recordShapes,
    ...notificationShapes,
    ...integrationShapes,
  };
  const schemas = { ...document.components?.schemas, ...described };
  return { ...document, components: { ...document.components, schemas } };
}
