import { Trans, useLingui } from '@lingui/react/macro';
import type { ReactElement } from 'react';
import { useWords } from '../../language/use-words.js';
import { Actor } from '../../parts/actor.js';
import { languageOf } from '../../parts/language-of.js';
import { type Tone, StateTag } from '../../parts/state.js';
import { Time } from '../../parts/time.js';
import type { Row } from './signing-query.js';

const TONES: Readonly<Record<Row['state'], Tone>> = { UNSIGNED: 'idle', SIGNED: 'good', CHANGED: 'warn' };

/** A row with all that its signature is for. */
export function SigningRow(props: { readonly row: Row; readonly isTicked: boolean; readonly onTick: () => void }): ReactElement {
  const { t } = useLingui();
  const { name, language } = useWords();
  const { row, isTicked, onTick } = props;
  const [said, other] = language === 'ko' ? [row.nameKo, row.nameEn] : [row.nameEn, row.nameKo];
  // A point is signed under its id, and a wording too; their names are for readers alone.
  const own = said.replace(/^[A-Z][A-Z0-9_]+/, (point) => name('PointName', point));
  return (
    <article className={`card signing-row ${isTicked ? 'ticked' : ''}`}>
      <header>
        <label className="tick">
          <input type="checkbox" checked={isTicked} aria-label={t`Choose ${own}`} onChange={onTick} />
          <h2>{own}</h2>
        </label>
        <span className="soft">
          {name('SignableKind', row.kind)}
          {other !== said && !/^[A-Z_0-9]{3}/.test(other) && <> · {other}</>} · <span className="mono">{row.id}</span>
        </span>
        <StateTag tone={TONES[row.state]}>{name('SigningState', row.state)}</StateTag>
      </header>
      <dl>
        {row.lines.map((line, at) => (
          <div key={at}>
            <dt>{name('ShownLine', line.what)}</dt>
            <dd>
              <Both ko={line.ko} en={line.en} address={line.address} />
            </dd>
          </div>
        ))}
      </dl>
      <Signed row={row} />
    </article>
  );
}

/** A line in the language of the page, and under it in the other one where it differs. */
function Both({ ko, en, address }: { readonly ko: string; readonly en: string; readonly address: string | null }): ReactElement {
  const { language } = useWords();
  const [own, other] = language === 'ko' ? [ko, en] : [en, ko];
  return (
    <>
      {address === null ? (
        <p lang={languageOf(own)}>{own}</p>
      ) : (
        <p lang={languageOf(own)}>
          <a href={address} target="_blank" rel="noreferrer noopener">
            {own}
          </a>
        </p>
      )}
      {other !== own && (
        <p className="soft" lang={language === 'ko' ? 'en' : 'ko'}>
          {other}
        </p>
      )}
    </>
  );
}

function Signed({ row: { signedBy, signedAt, withdrawnBy, withdrawnAt, reason, inFile } }: { readonly row: Row }): ReactElement | null {
  if (signedBy === null || signedAt === null) return null;
  return (
    <p className="soft">
      <Trans>Signed</Trans> <Time at={signedAt} /> · <Actor actor={signedBy} />
      {inFile && (
        <>
          {' · '}
          <Trans>in its file</Trans>
        </>
      )}
      {withdrawnAt !== null && (
        <>
          {' · '}
          <Trans>withdrawn</Trans> <Time at={withdrawnAt} /> · <Actor actor={withdrawnBy} />
          {reason !== null && <> · “{reason}”</>}
        </>
      )}
    </p>
  );
}
