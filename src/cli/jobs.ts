import { Argument, type Command } from 'commander';
import { openJobQueues } from '../composition/worker';
import { pauseQueues, readJobsStatus, resumeQueues, retryFailed } from '../jobs/operate';
import { type QueueName, queueNames } from '../jobs/queue-names';
import type { Queues } from '../jobs/queues';
import { type Choose, type CliContext, print, type Run } from './command';
import { type House, openHouse } from './house';
import { counted } from './progress';
import { tableOf } from './table';

/** `cairn jobs …` */
export function addJobCommands(program: Command, choose: Choose): void {
  const group = program.command('jobs').description('due work: how its queues stand, and what to do about it');
  group
    .command('status')
    .description('show the queues, and the effects that are not known to be made')
    .action(() => {
      choose(status);
    });
  onQueues(group, 'retry', 'put failed jobs back, to be tried again at once', choose, async (queues, names) => {
    const retried = await retryFailed(queues, names);
    return `${counted(retried)} failed ${retried === 1 ? 'job is' : 'jobs are'} tried again.`;
  });
  onQueues(
    group,
    'pause',
    'begin no more jobs in any process; those in progress end',
    choose,
    async (queues, names) => {
      await pauseQueues(queues, names);
      return `Paused: ${names.join(', ')}. cairn jobs resume goes on.`;
    },
  );
  onQueues(group, 'resume', 'go on with jobs that were paused', choose, async (queues, names) => {
    await resumeQueues(queues, names);
    return `Going on: ${names.join(', ')}.`;
  });
}

/** A command that does something to the queues named, all unless given, and says what. */
function onQueues(
  group: Command,
  name: string,
  description: string,
  choose: Choose,
  act: (queues: Queues, names: readonly QueueName[]) => Promise<string>,
): void {
  group
    .command(name)
    .description(description)
    .addArgument(new Argument('[queues...]', 'all unless given').choices(queueNames))
    .action((given: readonly QueueName[]) => {
      choose(async (context) => {
        const { queues } = await openQueuesOf(context);
        print(await act(queues, given.length === 0 ? queueNames : given));
      });
    });
}

const status: Run = async (context) => {
  const { queues, database } = await openQueuesOf(context);
  const found = await readJobsStatus(queues, database.pool);
  const { claimed, unknown, failed } = found.effects;
  print(
    `The queues are in ${found.backend === 'redis' ? 'Redis' : 'Postgres'}.`,
    '',
    ...tableOf(
      ['queue', 'state', 'waiting', 'active', 'delayed', 'failed', 'oldest waits (s)'],
      found.queues.map(({ name, paused, waiting, active, delayed, failed: gaveUp, oldestMs }) => [
        name,
        paused ? 'paused' : 'working',
        waiting,
        active,
        delayed,
        gaveUp,
        Math.round(oldestMs / 1_000),
      ]),
    ),
    '',
    `Effects: ${counted(claimed)} in progress, ${counted(failed)} failed, ${counted(unknown)} of unknown outcome.`,
    ...(found.unknownEffects.length === 0
      ? []
      : [
          'Whether these were made is not known, and they are not made again (the newest first):',
          ...tableOf(
            ['at', 'rule', 'to', 'tenant', 'problem'],
            found.unknownEffects.map(({ at, rule, toId, tenantId, problem }) => [
              at,
              rule,
              toId,
              tenantId,
              problem ?? '',
            ]),
          ),
        ]),
  );
};

async function openQueuesOf(context: CliContext): Promise<House & { readonly queues: Queues }> {
  const house = await openHouse(context);
  const queues = await openJobQueues({ ...house, logger: context.logger });
  context.lifecycle.onStop('the queues', queues.close);
  return { ...house, queues };
}
