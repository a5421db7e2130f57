import type { Adaptation, Barrier, Milestone, Stretch } from '../engagement';
import { barrierMeasures, openDays } from './barriers';
import { completionOf } from './completion';
import { onTimeOf, slippageOf } from './slippage';
import { volatilityOf } from './volatility';

const milestone = (more: Partial<Milestone> = {}): Milestone => ({
  milestoneId: 'm',
  goalId: 'g',
  title: 'CV is ready',
  criterion: 'read',
  dueOn: '2026-03-15',
  order: 1,
  state: 'planned',
  baselineDueOn: '2026-03-01',
  reachedOn: null,
  droppedOn: null,
  ...more,
});
const reached = (reachedOn: string, more: Partial<Milestone> = {}) =>
  milestone({ state: 'reached', reachedOn, ...more });

describe('completion', () => {
  it('is shown against the current scope and the scope that was agreed', () => {
    const dropped = milestone({ state: 'dropped', droppedOn: '2026-02-01' });
    const five = [reached('2026-02-01'), reached('2026-02-02'), reached('2026-02-03'), milestone(), dropped];
    expect(completionOf(five)).toEqual({
      reached: 3,
      inScope: 4,
      baselineReached: 3,
      baselineScope: 5,
      current: 0.75,
      baseline: 0.6,
    });
  });

  it('counts what was added later in the current scope only, and has no baseline before the agreement', () => {
    const added = reached('2026-02-01', { baselineDueOn: null });
    expect(completionOf([added, milestone()])).toMatchObject({ current: 0.5, baseline: 0, baselineScope: 1 });
    expect(completionOf([added])).toMatchObject({ current: 1, baseline: null, baselineScope: 0 });
    expect(completionOf([])).toMatchObject({ current: null, baseline: null });
  });
});

describe('slippage', () => {
  it('is measured against the agreed and the current due date', () => {
    expect(slippageOf(reached('2026-03-10'), '2026-06-01')).toEqual({ baseline: 9, current: -5 });
  });

  it('runs to the as-of date while open, and to the day it was dropped', () => {
    expect(slippageOf(milestone({ state: 'missed' }), '2026-03-20')).toEqual({ baseline: 19, current: 5 });
    const dropped = milestone({ state: 'dropped', droppedOn: '2026-03-05' });
    expect(slippageOf(dropped, '2026-06-01')).toEqual({ baseline: 4, current: -10 });
  });

  it('has no baseline for what was added later', () => {
    expect(slippageOf(reached('2026-03-10', { baselineDueOn: null }), '2026-06-01').baseline).toBeNull();
  });

  it('is on time at zero', () => {
    const all = [
      reached('2026-03-01'),
      reached('2026-03-15'),
      reached('2026-03-16'),
      reached('2026-02-01', { baselineDueOn: null }),
      milestone(),
    ];
    expect(onTimeOf(all, '2026-06-01')).toEqual({ reached: 4, onTimeBaseline: 1, onTimeCurrent: 3 });
  });
});

describe('plan volatility', () => {
  const adapted = (reasonCode: Adaptation['reasonCode'], effectiveOn = '2026-02-01'): Adaptation => ({
    revision: 2,
    reasonCode,
    effectiveOn,
  });
  const engagement = (activeStretches: readonly Stretch[], adaptations: readonly Adaptation[]) => ({
    plan: { revision: 4, agreedAt: null, lastAdaptedAt: null, effectiveOn: null, adaptations },
    phase: {
      status: 'active' as const,
      startedAt: '2026-01-01T00:00:00.000Z',
      endedAt: null,
      lastChangeAt: '2026-01-01T00:00:00.000Z',
      activeStretches,
    },
  });
  const three = [adapted('barrier'), adapted('learning'), adapted('setback')];

  it('is three in 91 days', () => {
    const measured = volatilityOf(engagement([{ from: '2026-01-01', to: null }], three), '2026-04-02');
    expect(measured).toMatchObject({ adaptations: 3, activeDays: 91 });
    expect(measured.perMonth).toBeCloseTo(1.00343, 5);
  });

  it('leaves out pauses', () => {
    const paused = [
      { from: '2026-01-01', to: '2026-02-01' },
      { from: '2026-02-15', to: null },
    ];
    const measured = volatilityOf(engagement(paused, three), '2026-04-02');
    expect(measured.activeDays).toBe(77);
    expect(measured.perMonth).toBeCloseTo(1.18588, 5);
  });

  it('leaves out corrections of data and what is later than the as-of date', () => {
    const all = [...three, adapted('data-correction'), adapted('barrier', '2026-05-01')];
    const measured = volatilityOf(engagement([{ from: '2026-01-01', to: '2026-03-01' }], all), '2026-04-02');
    expect(measured).toMatchObject({ adaptations: 3, activeDays: 59 });
  });

  it('has no rate before an active day', () => {
    expect(volatilityOf(engagement([], []), '2026-04-02')).toEqual({ adaptations: 0, activeDays: 0, perMonth: null });
    expect(volatilityOf(engagement([{ from: '2026-04-02', to: null }], []), '2026-04-02').perMonth).toBeNull();
  });
});

describe('barrier resolution', () => {
  const barrier = (...openStretches: Stretch[]): Barrier => ({
    barrierId: 'b',
    category: 'skill',
    description: 'shy',
    severity: 3,
    affects: [],
    state: openStretches.at(-1)?.to === null ? 'open' : 'resolved',
    openStretches,
    strategies: [],
  });
  const days = (count: number) => barrier({ from: '2026-01-01', to: `2026-01-${String(count + 1).padStart(2, '0')}` });

  it('is the sum of the stretches the barrier was open', () => {
    const reopened = barrier({ from: '2026-01-01', to: '2026-01-06' }, { from: '2026-01-10', to: '2026-01-13' });
    expect(openDays(reopened, '2026-06-01')).toBe(8);
    expect(openDays(reopened, '2026-01-11')).toBe(6);
    expect(barrierMeasures([reopened], '2026-06-01').resolved).toEqual({ count: 1, medianDays: 8, meanDays: 8 });
  });

  it('has a median and a mean over the resolved ones', () => {
    const { resolved } = barrierMeasures([days(30), days(5), days(12)], '2026-06-01');
    expect(resolved).toMatchObject({ count: 3, medianDays: 12 });
    expect(resolved.meanDays).toBeCloseTo(15.67, 2);
    expect(barrierMeasures([days(30), days(5)], '2026-06-01').resolved.medianDays).toBe(17.5);
    expect(barrierMeasures([], '2026-06-01').resolved).toEqual({ count: 0, medianDays: null, meanDays: null });
  });

  it('lists open ones with their days so far', () => {
    const open = barrier({ from: '2026-01-01', to: '2026-01-06' }, { from: '2026-01-10', to: null });
    expect(barrierMeasures([open, days(4)], '2026-01-12')).toEqual({
      open: [{ barrierId: 'b', severity: 3, ageDays: 7 }],
      resolved: { count: 1, medianDays: 4, meanDays: 4 },
    });
  });
});
