import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { readAnswer, RESPONSE_FORMAT } from '../../../src/generators/llm/answer.js';

const PLAIN = '{"b":[1,2],"l":[12],"d":[25],"p":[[3],[31,2]]}';
const READ = { meals: [[1, 2], [12], [25]], points: [[3], [31, 2]] };

describe('An answer is read where nothing about it is in doubt', () => {
  it.each([
    ['alone', PLAIN],
    ['with blanks and lines', PLAIN.replaceAll(',', ' ,\n')],
    ['in a fence', `\`\`\`json\n${PLAIN}\n\`\`\``],
    ['between notes', `Here you are: {as asked} ${PLAIN} I hope that helps!`],
    ['after a thought', `<think>Perhaps {"b":[9],"l":[9],"d":[9],"p":[]}? No.</think>${PLAIN}`],
    ['after a thought in capitals', `<THINKING>${PLAIN.replace('1', '7')}</THINKING>\n${PLAIN}`],
    ['after a thought whose beginning the template took', `so {"b":[9],"l":[9],"d":[9],"p":[]} it is.</think>\n${PLAIN}`],
    ['after a thought in square brackets', `[THINK]{"b":[9],"l":[9],"d":[9],"p":[]}[/THINK]${PLAIN}`],
    ['in the last of several channels', `<|channel|>analysis<|message|>{"b":[9],"l":[9],"d":[9],"p":[]}<|end|><|start|>assistant<|channel|>final<|message|>${PLAIN}<|return|>`], // prettier-ignore
    ['in the last channel, held to JSON', `<|channel|>final <|constrain|>json<|message|>${PLAIN}<|return|>`],
    ['before the marks of a template', `${PLAIN}<|im_end|></s><end_of_turn>`],
    ['with a comma too many', '{"b":[1,2,],"l":[12],"d":[25],"p":[[3],[31,2,],],}'],
    ['with names in capitals', PLAIN.replace('"b"', '"B"').replace('"p"', '"P"')],
    ['with numbers as texts', '{"b":["1"," 2 "],"l":["12"],"d":[25],"p":[["3"],["31","2"]]}'],
    ['with points that stand alone', '{"b":[1,2],"l":[12],"d":[25],"p":[3,[31,2]]}'],
    ['with a member that was not asked for', PLAIN.replace('{', '{"note":"a } in a text, {and} more","')],
    ['twice over', `${PLAIN}\n${PLAIN}`],
  ])('%s', (_, text) => {
    expect(readAnswer(text.replace('more","', 'more",'))).toEqual(READ);
  });

  it('with ids in any case in place of numbers', () => {
    const read = readAnswer('{"b":["ibs-0001"],"l":["IBS-0002"],"d":[],"p":[["swap",1,2],["Day_All_Low"]]}');
    expect(read).toEqual({ meals: [['IBS-0001'], ['IBS-0002'], []], points: [['SWAP', 1, 2], ['DAY_ALL_LOW']] });
  });
});

describe('What a hostile model writes', () => {
  it('is no id for its likeness to one: letters of other scripts, digits of others, blanks of no width', () => {
    const read = readAnswer(
      '{"b":["\u017Fwap","\u0131bs-0001","I\u0412S-0001"],"l":["\uFF11","\u0661","1\u200B"],"d":["__proto__","constructor"],"p":[]}',
    );
    if ('wrong' in read) throw new Error(read.wrong);
    const known = read.meals.flat().filter((each) => typeof each === 'number' || /^(?:SWAP|IBS-\d{4})$/u.test(each));
    expect([known, read.meals[2]]).toEqual([[], ['__PROTO__', 'CONSTRUCTOR']]);
  });

  it.each([
    ['two lists for one meal', '{"b":[9],"B":[1],"l":[12],"d":[25],"p":[]}', 'b'],
    ['a list under the name of a prototype', '{"__proto__":{"b":[1]},"l":[12],"d":[25],"p":[]}', 'b'],
    ['a text for a list', '{"b":"1,2","l":[12],"d":[25],"p":[]}', 'b'],
    ['an object for a list', '{"b":{"0":1,"length":1},"l":[12],"d":[25],"p":[]}', 'b'],
    ['true for a number', '{"b":[true],"l":[12],"d":[25],"p":[]}', 'b[0]'],
    ['half a dish', '{"b":[1.5],"l":[12],"d":[25],"p":[]}', 'b[0]'],
    ['a number beyond all', '{"b":[1e400],"l":[12],"d":[25],"p":[]}', 'b[0]'],
    ['a point with too much', '{"b":[1],"l":[12],"d":[25],"p":[[1,2,3,4]]}', 'p[0]'],
    ['a point in a point', '{"b":[1],"l":[12],"d":[25],"p":[[[1]]]}', 'p[0]'],
    ['the answer in a call of a tool', `{"name":"choice","arguments":${PLAIN}}`, 'b'],
    ['the answer as a text', JSON.stringify(PLAIN), 'JSON'],
    ['the answer in a thought that never ends', `<think>${PLAIN}`, 'JSON'],
    [
      'a thought that the marks of a stranger hold',
      `<scratchpad>${PLAIN.replace('1', '7')}</scratchpad>${PLAIN}`,
      'two answers that differ',
    ],
    ['brackets without end', '{'.repeat(50_000), 'JSON'],
    ['lists in lists', `{"b":${'['.repeat(200)}${']'.repeat(200)},"l":[12],"d":[25],"p":[]}`, 'JSON'],
    ['a broken answer', PLAIN.slice(0, -1), 'JSON'],
  ])('is no answer: %s', (_, text, place) => expect(readAnswer(text)).toEqual({ wrong: place }));
});

describe('What is in doubt is no answer, and its place is told', () => {
  it.each([
    ['nothing', '', 'JSON'],
    ['words', '오늘은 쌀밥이 좋겠어요.', 'JSON'],
    ['one that broke off', PLAIN.slice(0, 20), 'JSON'],
    ['one in a thought that broke off', `<think>${PLAIN}`, 'JSON'],
    ['one in a channel of analysis', `<|channel|>analysis<|message|>${PLAIN}<|end|>`, 'JSON'],
    ['a list', `[${PLAIN.slice(5, 12)}]`, 'JSON'],
    ['single quotes', PLAIN.replaceAll('"', "'"), 'JSON'],
    ['a comment', PLAIN.replace('}', '/* so */}'), 'JSON'],
    ['two answers that differ', `${PLAIN} ${PLAIN.replace('12', '13')}`, 'two answers that differ'],
    ['a meal left out', '{"b":[1],"l":[2],"p":[]}', 'd'],
    ['points left out', '{"b":[1],"l":[2],"d":[3]}', 'p'],
    ['half a dish', '{"b":[1],"l":[2,2.5],"d":[3],"p":[]}', 'l[1]'],
    ['prose among dishes', `{"b":[1],"l":["${'약을 드세요 '.repeat(20)}"],"d":[3],"p":[]}`, 'l[0]'],
    ['a dish as an object', '{"b":[{"id":1}],"l":[2],"d":[3],"p":[]}', 'b[0]'],
    ['a point without anything', '{"b":[1],"l":[2],"d":[3],"p":[[]]}', 'p[0]'],
    ['a point with too many arguments', '{"b":[1],"l":[2],"d":[3],"p":[[1,2,3,4]]}', 'p[0]'],
    ['more points than anyone asked for', `{"b":[1],"l":[2],"d":[3],"p":[${'[1],'.repeat(60)}[1]]}`, 'p'],
  ])('%s', (_, text, wrong) => {
    expect(readAnswer(text)).toEqual({ wrong });
  });

  it('whatever the words are: reading never throws, and gives numbers, ids or a place', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ maxLength: 300 }),
          fc.json(),
          fc.mixedCase(fc.constant(PLAIN)),
          fc.constantFrom('{'.repeat(50_000), '{"'.repeat(9_000), '<think>'.repeat(9_000)),
        ),
        (text) => {
          const read = readAnswer(text);
          if ('wrong' in read) return expect(read.wrong).not.toBe('');
          for (const each of [...read.meals.flat(), ...read.points.flat()]) expect(String(each)).toMatch(/^(-?\d+|[^a-z]{1,60})$/u);
        },
      ),
      { numRuns: 500 },
    );
  });
});

/** Of the longest length that is read: what stands at the ends, and in between what is said again and again. */
const hostile = (begin: string, again: string, end: string): string =>
  begin + again.repeat((99_990 - begin.length - end.length) / again.length) + end;

describe('Words as long as any that are read', () => {
  it.each([
    ['escaped quotes and a broken line', hostile('{"', 'a\\"', '\\\n"}')],
    ['the same, within brackets upon brackets', hostile('{'.repeat(20) + '"', 'a\\"', '\\\n"' + '}'.repeat(20))],
    ['the same, with a line separator', hostile('{{{"', 'a\\"', '\\\u2028"}}}')],
    ['strings that each break a line', hostile('{', '"a\\\n"', '}')],
    ['commas and nothing else', hostile('{{', ',', '}}')],
    ['commas far from each other', hostile('{{', `,${' '.repeat(999)}`, '}}')],
    ['one comma and blanks', hostile('{{,', ' ', 'x}}')],
    ['a spare comma in each of many lists', hostile('{"b":[', '[,],', ']}')],
    ['brackets that all close', '{'.repeat(49_000) + '}'.repeat(49_000)],
    ['objects within an object that is none', hostile('{', '{"b":[]},', '}')],
    ['backslashes', hostile('{"', '\\', '"}')],
    ['marks of thoughts', hostile('', '<think></think>', '{')],
    ['marks of channels', hostile('', '<|channel|>  final  ', '{')],
  ])('are judged in time that grows with their length alone: %s', (_, text) => {
    const before = process.cpuUsage();
    expect(readAnswer(text)).toHaveProperty('wrong');
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1e6).toBeLessThan(3); // seconds of work: a few hundredths, where a quadratic reader takes a minute
  });

  it('keep the commas of their strings, a broken escape before them or not', () => {
    const text = '{"note":",]\\",}","b":[1,2,\n],"l":[12],"d":[25],"p":[[3],[31,2]],}';
    expect(readAnswer(text)).toEqual(READ);
    expect(readAnswer('{"b":[1,,],"l":[],"d":[],"p":[]}')).toEqual({ wrong: 'JSON' });
  });
});

describe('The schema of an answer', () => {
  it('holds numbers alone, and no more than are wanted', () => {
    const { schema } = RESPONSE_FORMAT.json_schema;
    const text = JSON.stringify(schema);
    expect(text).not.toContain('string');
    expect(text.match(/"array"/gu)).toHaveLength(5);
    expect(text.match(/"maxItems":\d+/gu)).toEqual(['"maxItems":6', '"maxItems":6', '"maxItems":6', '"maxItems":3', '"maxItems":8']);
    expect(schema).toMatchObject({ additionalProperties: false, required: ['b', 'l', 'd', 'p'] });
  });
});
