import { Trans, useLingui } from '@lingui/react/macro';
import type { ReactElement, ReactNode } from 'react';
import { useLive } from '../../graphql/use-live.js';
import { useWords } from '../../language/use-words.js';
import { Answer } from '../../parts/page.js';
import { StateTag } from '../../parts/state.js';
import { allowedFor, isPassed, limitOf, type Measure, measured, MEASURES } from './rollout-measures.js';
import { RolloutNights } from './rollout-nights.js';
import { REPORT, type Rollout, type Side, type Version } from './rollout-query.js';
import { useFigures } from './use-figures.js';

/** ms after which a rollout that goes on is looked at again. */
const BEAT_MS = 10_000;

/** Both sides of a rollout next to each other, what is allowed, and each night apart. */
export function RolloutSides({ rollout, label }: { readonly rollout: Rollout; readonly label: string }): ReactElement {
  const goesOn = rollout.status !== 'STOPPED';
  const answer = useLive(REPORT, { id: rollout.id }, { runs: goesOn, ...(goesOn && { everyMs: BEAT_MS }) });
  return (
    <Answer of={answer}>
      {({ rollout: found }) =>
        found !== null && (
          <>
            <Table rollout={rollout} sides={found.report} label={label} />
            <Rule rollout={rollout} users={found.report.candidate.users} />
            <RolloutNights nights={found.report.nights} thresholds={rollout.thresholds} label={label} />
          </>
        )
      }
    </Answer>
  );
}

interface Sides {
  readonly candidate: Side;
  readonly inForce: Side;
}

function Table({ rollout, sides, label }: { readonly rollout: Rollout; readonly sides: Sides; readonly label: string }): ReactElement {
  const { t } = useLingui();
  const { count } = useWords();
  const both = (shown: (side: Side) => ReactNode): readonly [ReactNode, ReactNode] => [shown(sides.candidate), shown(sides.inForce)];
  return (
    <table className="sides" aria-label={label}>
      <thead>
        <tr>
          <td />
          <th scope="col">
            <Trans>Candidate</Trans>
          </th>
          <th scope="col">
            <Trans>In force</Trans>
          </th>
          <th scope="col">
            <Trans>Limit</Trans>
          </th>
        </tr>
      </thead>
      <Versions {...rollout} />
      <tbody>
        <Row name={t`Patients`} cells={both(({ users }) => count(users))} />
        {MEASURES.map((measure) => (
          <MeasureRow key={measure} {...{ measure, sides, rollout }} />
        ))}
        <Row
          name={t`Time of a patient`}
          cells={both(({ meanMs }) => (meanMs === null ? '–' : meanMs === 0 ? t`under 1 ms` : `${count(meanMs)} ms`))}
        />
        <Row name={t`Tokens in and out`} cells={both(({ tokensIn, tokensOut }) => `${count(tokensIn)} / ${count(tokensOut)}`)} />
      </tbody>
    </table>
  );
}

function Row({ name, cells }: { readonly name: ReactNode; readonly cells: readonly [ReactNode, ReactNode] }): ReactElement {
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>{cells[0]}</td>
      <td>{cells[1]}</td>
      <td />
    </tr>
  );
}

/** What each side is; what the candidate has of its own stands out. */
function Versions({ candidate, inForce }: { readonly candidate: Version; readonly inForce: Version }): ReactElement {
  const { t } = useLingui();
  const { name } = useWords();
  const parts: readonly (readonly [string, (version: Version) => string])[] = [
    [t`Written by`, ({ generator, model }) => model ?? name('GeneratorName', generator)],
    [t`Version of the prompt`, ({ promptVersion }) => promptVersion ?? '–'],
    [t`Vocabulary`, ({ vocabulary }) => vocabulary],
  ];
  return (
    <tbody className="versions">
      {parts.map(([part, of]) => {
        const [tried, kept] = [of(candidate), of(inForce)];
        return <Row key={part} name={part} cells={[tried === kept ? tried : <b key="own">{tried}</b>, kept]} />;
      })}
    </tbody>
  );
}

function MeasureRow({
  measure,
  sides,
  rollout,
}: {
  readonly measure: Measure;
  readonly sides: Sides;
  readonly rollout: Rollout;
}): ReactElement {
  const { figure } = useFigures();
  const { thresholds, stopCause } = rollout;
  const passed = stopCause === measure || isPassed(measure, sides, thresholds);
  return (
    <tr className={passed ? 'passed' : ''}>
      <th scope="row">
        <MeasureName measure={measure} />
      </th>
      <MeasureCell measure={measure} side={sides.candidate} />
      <MeasureCell measure={measure} side={sides.inForce} />
      <td>
        {figure(measure, limitOf(measure, sides.inForce, thresholds))}{' '}
        {passed && (
          <StateTag tone="bad">
            <Trans>passed</Trans>
          </StateTag>
        )}
        <small className="soft block">
          <Trans>{figure(measure, allowedFor(measure, thresholds))} on top</Trans>
        </small>
      </td>
    </tr>
  );
}

function MeasureCell({ measure, side }: { readonly measure: Measure; readonly side: Side }): ReactElement {
  const { count } = useWords();
  const { figure } = useFigures();
  const { of, part, rate } = measured(measure, side);
  return (
    <td>
      {figure(measure, rate)}
      {rate !== undefined && measure !== 'PRICE' && (
        <small className="soft block">
          {measure === 'FALSEHOODS' ? `${count(part)} / ${count(of)}` : count(part)}
          {measure === 'GATE_DROPS' && part > 0 && ` (${count(side.pointsDropped)} + ${count(side.answersRefused)})`}
        </small>
      )}
    </td>
  );
}

function MeasureName({ measure }: { readonly measure: Measure }): ReactElement {
  switch (measure) {
    case 'GATE_DROPS':
      return (
        <>
          <Trans>Gate dropped or refused</Trans>
          <small className="soft block">
            <Trans>patients (points + answers)</Trans>
          </small>
        </>
      );
    case 'FALLBACKS':
      return <Trans>Written by the rules instead</Trans>;
    case 'FAILURES':
      return <Trans>Failed</Trans>;
    case 'FALSEHOODS':
      return <Trans>Untrue of judged rows</Trans>;
    default:
      return <Trans>Price of 1,000 patients</Trans>;
  }
}

/** By what the limits come about, and from when on they count. */
function Rule({ rollout, users }: { readonly rollout: Rollout; readonly users: number }): ReactElement {
  const { count } = useWords();
  const { leastUsers, relativePercent } = rollout.thresholds;
  return (
    <p className="soft rule">
      <Trans>The limit is the figure in force, {relativePercent} % of it, and what is allowed on top. Each night counts alone, too.</Trans>{' '}
      {users < leastUsers && (
        <Trans>
          Nothing is concluded before the candidate has {count(leastUsers)} patients; it has {count(users)}.
        </Trans>
      )}
    </p>
  );
}
