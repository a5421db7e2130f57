import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { PROBLEM_TYPE } from './problem';
import { toProblem } from './to-problem';

/** Answers every error of hooks, routes and the framework itself as problem details; what is ours is logged. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    answerProblem(error, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>());
  }
}

export function answerProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const { details, headers } = toProblem(error);
  if (details.status >= 500) request.log.error({ err: error }, details.title);
  if (reply.sent) return;
  void reply.code(details.status).headers(headers).type(PROBLEM_TYPE).send(JSON.stringify(details));
}
