import { Plural, Trans, useLingui } from '@lingui/react/macro';
import type { ReactElement } from 'react';
import { graphql, type ResultOf } from '../graphql/graphql.js';
import { useWords } from '../language/use-words.js';
import { languageOf } from './language-of.js';
import { Day } from './time.js';

/** A sentence of an advice, explained. In one language alone: there are hundreds of facts, and an answer has a price. */
export const POINT = graphql(`
  fragment PointParts on AdvicePoint {
    point
    field
    family
    dishName
    eatenFoodId
    facts {
      name
      meaning @skip(if: $korean)
      meaningKo @include(if: $korean)
      value
    }
    source {
      address
      ... on AdviceSource @include(if: $korean) {
        citationKo
      }
      ... on AdviceSource @skip(if: $korean) {
        title
        publisher
        section
        year
      }
    }
    reviewedBy
    reviewedOn
    isCurrent
  }
`);
export type Point = ResultOf<typeof POINT>;

/** Why a text says what it says: each of its sentences in turn, with what made it true, and on whose word. */
export function Why({ points }: { readonly points: readonly Point[] }): ReactElement {
  return (
    <details className="why-points">
      <summary>
        <Trans>Why it says that</Trans>{' '}
        <span className="soft">
          (<Plural value={points.length} one="# sentence" other="# sentences" />)
        </span>
      </summary>
      <ol>
        {points.map((point, at) => (
          <li key={`${at} ${point.point}`}>
            <PointWords point={point} />
          </li>
        ))}
      </ol>
    </details>
  );
}

function PointWords({ point }: { readonly point: Point }): ReactElement {
  const { t } = useLingui();
  const { name, language } = useWords();
  const pointName = name('PointName', point.point);
  return (
    <>
      <p className="point-name" title={point.point}>
        <b>{point.family === null ? pointName : `${name('AdviceFamily', point.family)}: ${pointName}`}</b>
        {point.dishName !== null && <span> · {point.dishName}</span>}
        {point.eatenFoodId !== null && <span className="soft"> · {t`food ${point.eatenFoodId} of IBSafe`}</span>}
      </p>
      {point.facts.length > 0 && (
        <dl className="point-facts">
          {point.facts.map((fact) => {
            const meaning = (language === 'ko' ? fact.meaningKo : fact.meaning) ?? null;
            return (
              <div key={fact.name}>
                <dt className="mono" title={meaning ?? undefined}>
                  {fact.name}
                </dt>
                <dd>
                  <b>{name('FactWord', fact.value)}</b> {meaning !== null && <span className="soft">{meaning}</span>}
                </dd>
              </div>
            );
          })}
        </dl>
      )}
      <PointSource point={point} />
    </>
  );
}

function PointSource({ point }: { readonly point: Point }): ReactElement {
  const { source, reviewedBy, reviewedOn, isCurrent } = point;
  return (
    <p className="soft point-source">
      {source !== null && (
        <>
          <Trans>Source</Trans>: <SourceLine source={source} />
          {' · '}
        </>
      )}
      {reviewedBy === null ? <Trans>not signed yet</Trans> : <Trans>signed by {reviewedBy}</Trans>}
      {reviewedOn !== null && (
        <>
          {' '}
          (<Day date={reviewedOn} weekday={false} />)
        </>
      )}
      {!isCurrent && (
        <>
          {' · '}
          <Trans>of an earlier vocabulary</Trans>
        </>
      )}
    </p>
  );
}

type Source = NonNullable<Point['source']>;

/** What a source is called, and what else is told of it: all in one line in Korean. */
function namesOf(source: Source): readonly [name: string, rest: string] {
  if ('citationKo' in source) return [source.citationKo, ''];
  if (!('title' in source)) return ['', ''];
  return [source.title, [source.publisher, source.section, source.year].filter(Boolean).join(', ')];
}

/** A source as the page’s language names it, and where it can be read. */
function SourceLine({ source }: { readonly source: Source }): ReactElement {
  const { address } = source;
  const [name, rest] = namesOf(source);
  return (
    <span lang={languageOf(name)}>
      {address.startsWith('https://') ? (
        <a href={address} target="_blank" rel="noreferrer noopener">
          {name}
        </a>
      ) : (
        name
      )}
      {rest !== '' && <>, {rest}</>}
    </span>
  );
}
