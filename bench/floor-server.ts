import 'reflect-metadata';
import { Body, Controller, Module, Param, Post } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Pool } from 'pg';
import { RecordProgressBody } from '../src/http/commands/bodies/goals';
import { bind } from '../src/http/fields/bind';

/** The floor of `http-command`: a route that validates the same body and inserts one row, and nothing else. */
const pool = new Pool({ connectionString: process.env.DATABASE_URL });

@Controller('v1/engagements/:engagementId/goals/:goalId')
class FloorController {
  @Post('progress')
  async record(@Param('goalId') goalId: string, @Body() body: object): Promise<object> {
    const bound = bind(RecordProgressBody, body);
    if (!('value' in bound)) throw new Error('The bench sent a body that is not valid.');
    const { value, observedOn, rater } = bound.value;
    const { rows } = await pool.query<{ id: string }>({
      name: 'floor',
      text: 'INSERT INTO floor (goal_id, value, observed_on, rater) VALUES ($1, $2, $3, $4) RETURNING id',
      values: [goalId, value, observedOn, rater],
    });
    return { id: rows[0]?.id };
  }
}

@Module({ controllers: [FloorController] })
class FloorModule {}

async function main(): Promise<void> {
  await pool.query(
    'CREATE TABLE floor (id bigserial PRIMARY KEY, goal_id uuid, value float8, observed_on date, rater text)',
  );
  const app = await NestFactory.create<NestFastifyApplication>(FloorModule, new FastifyAdapter(), { logger: false });
  await app.listen(0, '127.0.0.1');
  process.stdout.write(`listens on ${await app.getUrl()}\n`);
}

void main();
