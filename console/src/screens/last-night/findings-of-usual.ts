import { PROGRAMS, recordDateOf } from '../../parts/programs.js';
import { hasEnded, type RunLine } from '../../runs/run-line.js';
import type { Finding } from './finding.js';
import type { NightFigures } from './night-query.js';
import { usualOf } from './usual.js';

/** Fewer patients than that have advice on a usual night: half of them says nothing. */
const LEAST_PATIENTS = 10;

/** Nights that went well by their runs and helped no patient, or by far not as many as usual: records that did not come in, or another database, end no run. */
export function ofUsual(nights: readonly NightFigures[], ofNight: readonly RunLine[], today: string): Finding[] {
  return PROGRAMS.flatMap((program): Finding[] => {
    const own = ofNight.filter((run) => run.program === program);
    const largest = own.toSorted((a, b) => (b.progress.roster ?? 0) - (a.progress.roster ?? 0))[0];
    if (largest === undefined || largest.status === 'FAILED' || own.some(({ status }) => !hasEnded(status))) return [];
    if (largest.progress.roster === 0) return largest.status === 'COMPLETED' ? [{ kind: 'noPatient', tone: 'warn', run: largest }] : [];
    const ofProgram = nights.filter((night) => night.program === program);
    const date = recordDateOf(program, today);
    const night = ofProgram.find(({ recordDate }) => recordDate === date);
    const before = ofProgram.filter(({ recordDate, runs, openRuns }) => recordDate < date && runs > openRuns);
    return night === undefined ? [] : ofFigures(night, before, largest);
  });
}

function ofFigures(night: NightFigures, before: readonly NightFigures[], run: RunLine): Finding[] {
  const usual = usualOf(before.map(advisedIn))?.median ?? 0;
  const patients = usualOf(before.map((each) => advisedIn(each) + each.skipped + each.failed))?.median ?? 0;
  // One that was asked for a few patients by hand, before the night's own, is no night.
  const isWhole = run.trigger === 'SCHEDULE' || (run.progress.roster ?? 0) * 2 >= patients;
  const advised = advisedIn(night);
  const isFew = usual >= LEAST_PATIENTS && (advised + night.failed) * 2 < usual; // failures have a finding of their own
  return isWhole && isFew ? [{ kind: 'few', tone: 'warn', run, advised, usual }] : [];
}

function advisedIn({ generated, existed }: NightFigures): number {
  return generated + existed;
}
