import type { Progress, ProgressGoal, ProgressMilestone } from '../../application/queries/shapes';
import type { Api } from '../api';
import { client, engagementId } from '../stories/career-season/people';
import type { Story } from '../stories/story';
import { bold, cut, dim, green, print, printTable, printTitle, red, yellow } from './terminal';
import { fixed, percent, shortDate, signed } from './words';

/** Where the season stands: milestones against both dates, and how far the goals are as each of the two sees it. */
export async function printProgress(api: Api): Promise<void> {
  printTitle('Progress', 'how late against the first agreement, how late against the plan as it is now?');
  const progress = await api.get<Progress>(client, `/engagements/${engagementId}/progress`);
  const columns = [
    { title: 'milestone', width: 44 },
    { title: 'agreed' },
    { title: 'now' },
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
    `  done     ${percent(completion.current)} of what is planned now, ${percent(completion.baseline)} of what was agreed at first` +
      dim(`; ${volatility.adaptations} adaptations, ${fixed(volatility.perMonth, 2)} a month`),
  );
  printAttainment(progress, 'T-score ');
}

/** The published case: T as each rater scored, and the days between. */
export async function printPublishedCase(api: Api, story: Story): Promise<void> {
  printTitle('A published case', 'does T come out as in the literature? Client 40 to 60 after 37 days, coach 40');
  const progress = await api.get<Progress>(story.client, `/engagements/${story.engagementId}/progress`);
  printAttainment(progress, (progress.goals[0]?.specific ?? '').toLowerCase());
  const followUp = progress.goals[0]?.attainment.find(({ rater }) => rater === 'client')?.followUpDays;
  print(dim(`  follow-up after ${String(followUp)} days`));
}

function printAttainment(progress: Progress, title: string): void {
  for (const { rater, baseline, now, change } of progress.attainment) {
    print(
      `  ${title} ${rater.padEnd(7)} ${fixed(baseline, 1)} → ${bold(fixed(now, 1))}  ${dim(`(${signed(change, 1)})`)}`,
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
