import type { Progress, ProgressGoal, ProgressMilestone } from '../../application/queries/shapes';
import type { Api } from '../api';
import { client, engagementId } from '../stories/career-season/people';
import type { Story } from '../stories/story';
import { bold, cut, dim, green, print, printTable, printTitle, red, WIDTH, wrap, yellow } from './terminal';
import { fixed, percent, shortDate, signed } from './words';

/** Where the season stands: milestones against both dates, and how far the goals are as each of the two sees it. */
export async function printProgress(api: Api): Promise<void> {
  printTitle(
    'Progress',
    'GET …/progress',
    'How late against what was agreed first, how late against the plan as it is now?',
  );
  const progress = await api.get<Progress>(client, `/engagements/${engagementId}/progress`);
  const columns = [
    { title: 'milestone', width: 44 },
    { title: 'first due' },
    { title: 'due now' },
    { title: 'reached' },
    { title: 'slip', right: true },
    { title: 'slip now', right: true },
  ];
  printTable(
    columns,
    progress.goals.flatMap((goal) => [heading(goal), ...goal.milestones.map(milestoneRow)]),
  );
  const { completion, volatility } = progress;
  print(
    '',
    `  done     ${percent(completion.current)} of today’s plan, ${percent(completion.baseline)} of what was agreed first` +
      dim(`; ${volatility.adaptations} adaptations, ${fixed(volatility.perMonth, 2)} a month`),
  );
  printAttainment(progress, 'T-score');
  progress.health.rules.forEach(({ sentence, level }, index) => {
    const mark = level === 'at-risk' ? red('●') : yellow('●');
    print(`  ${index === 0 ? 'health  ' : '        '} ${mark} ${wrap(sentence ?? '', ' '.repeat(13), WIDTH - 13)}`);
  });
}

/** The published case: T as each rater scored, and the days between. */
export async function printPublishedCase(api: Api, story: Story): Promise<void> {
  printTitle(
    'A published case',
    'GET …/progress',
    'Does T come out as in the literature: client 40 to 60 after 37 days, coach 40?',
  );
  const progress = await api.get<Progress>(story.client, `/engagements/${story.engagementId}/progress`);
  printAttainment(progress, (progress.goals[0]?.specific ?? '').toLowerCase());
}

function printAttainment({ attainment, goals }: Progress, title: string): void {
  for (const { rater, baseline, now, change } of attainment) {
    const scores = goals.flatMap((goal) => goal.attainment.filter((one) => one.rater === rater));
    const days = Math.max(...scores.map(({ followUpDays }) => followUpDays ?? 0));
    const apart = days === 0 ? 'scored once' : `over ${days} days`;
    print(
      `  ${title.padEnd(8)} ${rater.padEnd(7)} ${fixed(baseline, 1)} → ${bold(fixed(now, 1))}` +
        dim(`, ${signed(change, 1)}, ${apart}`),
    );
  }
}

function heading({ specific, lifecycle, achievement, completion }: ProgressGoal): string[] {
  const state = lifecycle === 'active' ? achievement : lifecycle;
  return [bold(cut(specific ?? '', 44)), '', '', dim(state), '', dim(percent(completion.current))];
}

function milestoneRow({ title, baselineDueOn, dueOn, reachedOn, slippageDays, state }: ProgressMilestone): string[] {
  const late = (days: number | null): string => {
    const text = signed(days);
    return days === null || days <= 0 ? green(text) : days > 14 ? red(text) : yellow(text);
  };
  const open = state === 'planned' || state === 'missed';
  return [
    `  ${cut(title ?? '', 42)}`,
    baselineDueOn === null ? '–' : shortDate(baselineDueOn),
    shortDate(dueOn),
    reachedOn === null ? dim(open ? 'open' : state) : shortDate(reachedOn),
    late(slippageDays.baseline),
    late(slippageDays.current),
  ];
}
