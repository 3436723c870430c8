import { describe, expect, it } from '@jest/globals';
import { Catalogue } from '../../src/domain/advice/catalogue/catalogue.js';
import { Vocabulary } from '../../src/domain/advice/points/vocabulary.js';
import { reviewOf, signedVocabulary } from '../../src/domain/advice/review.js';
import { withoutRecalled } from '../../src/domain/recall/recalled-words.js';
import { filterSigning, signingRows, tallySigning } from '../../src/application/reviews/list-signable.js';
import { decideSigning, decideWithdrawal, refuseSigning, refuseWithdrawal } from '../../src/domain/signing/decide-signing.js';
import { MAX_SHOWN_LINES } from '../../src/domain/signing/signable-row.js';
import { signableId, signableOf } from '../../src/domain/signing/signable.js';
import { evolveSignature, signingState, type Signature } from '../../src/domain/signing/signature.js';
import { loadAdviceWords } from '../../src/generators/advice-words.js';
import { signableRows, signedBy } from '../../src/generators/signable-rows.js';

const { explainer } = loadAdviceWords({ ADVICE_LANGUAGE: 'ko', ADVICE_ONLY_REVIEWED: 'false' });
const rows = signableRows(explainer);
const HASH = 'a'.repeat(64);
const AT = '2026-03-01T00:00:00.000Z';
const context = { id: 'POINT.SWAP', actor: 'key:anna', recordedAt: AT };
const given = (hash = HASH): Signature =>
  evolveSignature(undefined, { type: 'SignatureGiven', data: { row: { kind: 'POINT', point: 'SWAP' }, hash } }, context);
const hashOf = (id: string, words: typeof explainer = explainer): string => signableRows(words).get(id)?.hash ?? '';

const changed = (id: string, change: object): typeof explainer => {
  const points = explainer.vocabulary.points.map((point) => (point.id === id ? { ...point, ...change } : point));
  return { ...explainer, vocabulary: new Vocabulary(points, 'other') };
};
const sign = (...ids: string[]) => signedBy(explainer, ids.map((id) => ({ id, hash: hashOf(id) }))); // prettier-ignore
const pointsSigned = (language: 'ko' | 'en', ...signed: string[]) =>
  signedVocabulary(explainer.vocabulary, language, sign(...signed)).points;
const listed = signingRows(rows, [given(hashOf('POINT.SWAP')), { ...given(), id: 'DISH.IBS-0001' }, { ...given(), id: 'POINT.GONE' }]);
const ids = (filter: Parameters<typeof filterSigning>[1]): string[] => filterSigning(listed, filter).map(({ row }) => row.id);

describe('rows that can be signed', () => {
  it('are every point, wording, dish and ingredient, each under a name of its own that is read back', () => {
    const { points } = explainer.vocabulary;
    const wordings = points.reduce((sum, { wordings: { ko, en } }) => sum + ko.length + en.length, 0);
    expect(rows.size).toBe(points.length + wordings + explainer.catalogue.dishes.length + explainer.catalogue.ingredients.length);
    expect(wordings).toBeGreaterThan(400);
    for (const { id, row, lines, hash } of rows.values()) {
      expect([signableId(row), signableOf(id)]).toEqual([id, row]);
      expect(hash).toMatch(/^[0-9a-f]{64}$/u);
      expect(lines.length).toBeGreaterThan(2);
      expect(lines.length).toBeLessThanOrEqual(MAX_SHOWN_LINES);
      expect(lines.every(({ ko, en }) => ko !== '' && en !== '')).toBe(true);
    }
    expect(new Set([...rows.values()].map(({ hash }) => hash)).size).toBe(rows.size);
  });

  it.each(['', 'POINT', 'POINT.swap', 'WORDING.SWAP.ko', 'WORDING.SWAP.fr.0', 'DISH.', 'toString', 'POINT.SWAP.x'])(
    'are not named %j',
    (id) => {
      expect(signableOf(id)).toBeUndefined();
    },
  );

  it('show a sentence with its condition and source, a dish as cooked and as offered, an ingredient with the sources of its figures', () => {
    const whats = (id: string): string[] => rows.get(id)?.lines.map(({ what }) => what) ?? [];
    expect(whats('WORDING.SWAP.ko.0')).toEqual(expect.arrayContaining(['TEXT', 'CONDITION', 'FACT', 'SOURCE']));
    expect(whats('DISH.IBS-0105')).toEqual(expect.arrayContaining(['RECIPE', 'AS_COOKED', 'AS_OFFERED', 'SERVING', 'SOURCE']));
    expect(whats('INGREDIENT.tomato')).toEqual(expect.arrayContaining(['ALLERGENS', 'FODMAP', 'FODMAP_SOURCE', 'NUTRIENT_SOURCE']));
    const cooked = rows.get('DISH.IBS-0105')?.lines.find(({ what }) => what === 'AS_COOKED');
    expect(cooked?.ko).toMatch(/^FODMAP .+, 알레르기 성분: .*달걀/u);
    expect(cooked?.en).toMatch(/^FODMAP .+, allergens: .*egg/u);
  });
});

describe('the hash of a row', () => {
  it('changes with what is shown of it, and with nothing else', () => {
    const [point] = explainer.vocabulary.points;
    if (point === undefined) throw new Error('there is a point');
    const other = changed(point.id, { written: { ...point.written, ko: ['다른 문장', ...point.written.ko.slice(1)] } });
    expect(hashOf(`WORDING.${point.id}.ko.0`, other)).not.toBe(hashOf(`WORDING.${point.id}.ko.0`));
    for (const same of [`WORDING.${point.id}.ko.1`, `WORDING.${point.id}.en.0`, `POINT.${point.id}`]) expect(hashOf(same, other)).toBe(hashOf(same)); // prettier-ignore
    const condition = changed(point.id, { written: { ...point.written, when: 'day.foods = 0' } });
    for (const differs of [`WORDING.${point.id}.ko.1`, `POINT.${point.id}`]) expect(hashOf(differs, condition)).not.toBe(hashOf(differs));
    expect(hashOf(`POINT.${point.id}`, changed(point.id, { reviewedBy: 'A', reviewedOn: '2026-12-01' }))).toBe(hashOf(`POINT.${point.id}`));
  });

  it('of a dish changes with a figure of an ingredient that it is computed of', () => {
    const { catalogue } = explainer;
    const now = (each: (typeof catalogue.ingredients)[number]) => (each.id === 'egg' ? { ...each, allergens: [] } : each);
    const dishes = catalogue.dishes.map((dish) => ({
      ...dish,
      recipe: dish.recipe.map((part) => ({ ...part, ingredient: now(part.ingredient) })),
    }));
    const other = { ...explainer, catalogue: new Catalogue(dishes, catalogue.ingredients.map(now)) };
    expect(hashOf('INGREDIENT.egg', other)).not.toBe(hashOf('INGREDIENT.egg'));
    expect(hashOf('DISH.IBS-0105', other)).not.toBe(hashOf('DISH.IBS-0105'));
    expect(hashOf('DISH.IBS-0001', other)).toBe(hashOf('DISH.IBS-0001'));
  });
});

describe('a signature', () => {
  it('is given, withdrawn and given again, and tells who and when', () => {
    const signed = given();
    expect(signed).toMatchObject({ id: 'POINT.SWAP', version: 1, hash: HASH, signedBy: 'key:anna', withdrawnAt: null });
    const withdrawn = evolveSignature(
      signed,
      { type: 'SignatureWithdrawn', data: { reason: '다시 봄' } },
      { ...context, actor: 'key:bora' },
    );
    expect(withdrawn).toMatchObject({ version: 2, signedBy: 'key:anna', withdrawnBy: 'key:bora', withdrawnAt: AT });
    expect(JSON.stringify(withdrawn)).not.toContain('다시 봄');
    expect(evolveSignature(withdrawn, { type: 'SignatureGiven', data: { row: { kind: 'POINT', point: 'SWAP' }, hash: 'b'.repeat(64) } }, context)).toMatchObject({ version: 3, withdrawnAt: null }); // prettier-ignore
    expect(() => evolveSignature(undefined, { type: 'SignatureWithdrawn', data: {} }, context)).toThrow(TypeError);
  });

  it.each([
    ['UNSIGNED', { hash: HASH, isSignedInFile: false }, undefined],
    ['SIGNED', { hash: HASH, isSignedInFile: false }, given()],
    ['CHANGED', { hash: 'b'.repeat(64), isSignedInFile: false }, given()],
    ['UNSIGNED', { hash: HASH, isSignedInFile: false }, { ...given(), withdrawnAt: AT }],
    ['SIGNED', { hash: 'b'.repeat(64), isSignedInFile: true }, given()],
  ] as const)('makes a row %s', (state, row, signature) => {
    expect(signingState(row, signature)).toBe(state);
  });

  it('is one event for what is not signed as it is shown, and none for what is', () => {
    const order = { id: 'POINT.SWAP', hash: HASH };
    expect(decideSigning(order, undefined)).toEqual({
      type: 'SignatureGiven',
      data: { row: { kind: 'POINT', point: 'SWAP' }, hash: HASH },
    });
    expect(decideSigning(order, given())).toBeUndefined();
    expect(decideSigning(order, given('b'.repeat(64)))).toBeDefined();
    expect(decideSigning(order, { ...given(), withdrawnAt: AT })).toBeDefined();
    expect(decideWithdrawal(given(), ' 다시 봄 ')).toEqual({ type: 'SignatureWithdrawn', data: { reason: '다시 봄' } });
    expect(decideWithdrawal(undefined, undefined)).toBeUndefined();
    expect(decideWithdrawal({ ...given(), withdrawnAt: AT }, undefined)).toBeUndefined();
  });

  it('is refused for no row, for more than a hundred, for one that there is not, and for one that changed', () => {
    const order = { id: 'POINT.SWAP', hash: hashOf('POINT.SWAP') };
    expect(refuseSigning([order], rows)).toBeUndefined();
    expect(refuseSigning([], rows)).toMatchObject({ code: 'SIGN_COUNT' });
    expect(refuseSigning(Array.from({ length: 101 }, () => order), rows)).toMatchObject({ code: 'SIGN_COUNT' }); // prettier-ignore
    expect(refuseSigning([{ ...order, id: 'POINT.NO_SUCH' }], rows)).toMatchObject({ code: 'SIGN_UNKNOWN' });
    expect(refuseSigning([order, { id: 'DISH.IBS-0001', hash: HASH }], rows)).toMatchObject({ code: 'SIGN_CHANGED' });
  });

  it('is withdrawn also of a row that is gone, and in the file where it stands there', () => {
    const ask = (id: string, reason?: string) => refuseWithdrawal({ ids: [id], reason }, rows);
    expect(ask('POINT.OF_AN_EARLIER_RELEASE')).toBeUndefined();
    expect(ask('nothing')).toMatchObject({ code: 'SIGN_UNKNOWN' });
    expect(ask('POINT.SWAP', 'x'.repeat(501))).toMatchObject({ code: 'REASON_TOO_LONG' });
    const row = rows.get('POINT.SWAP');
    if (row === undefined) throw new Error('there is such a point');
    const inFile = new Map([['POINT.SWAP', { ...row, isSignedInFile: true }]]);
    expect(refuseWithdrawal({ ids: ['POINT.SWAP'], reason: undefined }, inFile)).toMatchObject({ code: 'SIGNED_IN_FILE' });
  });
});

describe('words that are signed in the log', () => {
  it('are a point with its signed wordings alone, in the language of the advice', () => {
    const [swap] = pointsSigned('ko', 'POINT.SWAP', 'WORDING.SWAP.ko.1', 'POINT.DRINK_WATER', 'WORDING.FIBRE_SLOWLY.ko.0');
    expect(swap).toMatchObject({ id: 'SWAP', silent: { ko: new Set([0, 2]), en: new Set() } });
    expect(pointsSigned('ko', 'POINT.SWAP', 'WORDING.SWAP.ko.1')).toHaveLength(1);
    expect(pointsSigned('en', 'POINT.SWAP', 'WORDING.SWAP.ko.1')).toEqual([]);
    expect(pointsSigned('ko', 'POINT.SWAP')).toEqual([]);
    expect(pointsSigned('ko', 'WORDING.SWAP.ko.1')).toEqual([]);
  });

  it('count for nothing once what was signed is another', () => {
    const stale = signedBy(explainer, [{ id: 'POINT.SWAP', hash: HASH }]);
    expect(reviewOf(explainer.catalogue, explainer.vocabulary, stale).points.signed).toBe(0);
    expect(reviewOf(explainer.catalogue, explainer.vocabulary, sign('POINT.SWAP')).points.signed).toBe(1);
  });

  it('lose the one wording that is left when that is recalled', () => {
    const vocabulary = signedVocabulary(explainer.vocabulary, 'ko', sign('POINT.SWAP', 'WORDING.SWAP.ko.1'));
    const cause = { kind: 'WORDING', point: 'SWAP', language: 'ko', wording: 1 } as const;
    expect(withoutRecalled({ catalogue: explainer.catalogue, vocabulary }, { number: 1, causes: [cause] }).vocabulary.points).toEqual([]);
    const other = { ...cause, wording: 0 };
    expect(withoutRecalled({ catalogue: explainer.catalogue, vocabulary }, { number: 1, causes: [other] }).vocabulary.points).toHaveLength(
      1,
    );
  });
});

describe('a list of rows', () => {
  it('is narrowed by kind, by state and by a text in either language', () => {
    expect(ids({ states: ['SIGNED'] })).toEqual(['POINT.SWAP']);
    expect(ids({ states: ['CHANGED'] })).toEqual(['DISH.IBS-0001']);
    expect(ids({ kinds: ['DISH'], search: '쌀밥' })).toContain('DISH.IBS-0001');
    expect(ids({ kinds: ['DISH'], search: ' steamed WHITE rice ' })).toContain('DISH.IBS-0001');
    expect(ids({})).toHaveLength(rows.size);
  });

  it('is counted by kind', () => {
    const { length } = explainer.vocabulary.points;
    expect(tallySigning(listed)[0]).toEqual({ kind: 'POINT', all: length, signed: 1, changed: 0 });
    expect(tallySigning(listed)[2]).toMatchObject({ kind: 'DISH', signed: 0, changed: 1 });
  });
});
