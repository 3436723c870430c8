/**
 * SQL of what is read out of IBSafe's tables, which the app and others fill: a value of a column that can be shown and carried, null in the place of any other. PostgreSQL takes dates without an end,
 * figures that are no numbers, and JSON that fails its reader; one such value must cost its field, and never the rows beside it.
 *
 * `column` is a name of ours in the statement, never a caller's text.
 */

/** Characters of a text that are read. The longest of ours has some two thousand. */
const TEXT_LENGTH = 20_000;
/** Lists and objects within each other: ours have two. */
export const JSON_DEPTH = 16;
/** Bytes of a JSON value, as it is stored, in memory and as a text. The longest of ours has some thousand. */
const JSON_BYTES = 200_000;
/** Numbers within a JSON value: one of a few bytes can take a hundred thousand digits. */
const JSON_NUMBERS = 1_000;

/** The condition that a date is in the calendar, see `LocalDate`. */
export function isDay(column: string): string {
  return `${column} between '1900-01-01'::date and '9999-12-31'::date`;
}

/** A date as `YYYY-MM-DD`. */
export function believedDate(column: string): string {
  return `case when ${isDay(column)} then ${column}::text end`;
}

/** An instant in ms since 1970. */
export function believedTime(column: string): string {
  const isTime = `${column} >= '1900-01-01 00:00:00+00'::timestamptz and ${column} < '10000-01-01 00:00:00+00'::timestamptz`;
  return `case when ${isTime} then floor(extract(epoch from ${column}) * 1000)::float8 end`;
}

/** No figure of IBSafe's is greater: beyond, what is computed of it is none. NaN is above all figures. */
const GREATEST = '1e9';

/** A double. */
export function believedFigure(column: string): string {
  return `case when ${column} between -${GREATEST}::float8 and ${GREATEST}::float8 then ${column} end`;
}

/** The beginning of a text. */
export function believedText(column: string): string {
  return `left(${column}, ${TEXT_LENGTH})`;
}

/** The condition that a JSON value is not null and cannot be read: too deep, too large, or too large as a text. Each part is asked where those before it hold, since they bound what it costs. */
export function isUnreadableJson(column: string): string {
  return `case when ${column} is null then false
    when pg_column_size(${column}) > ${JSON_BYTES} then true
    when jsonb_path_exists(${column}, 'strict $.**{${JSON_DEPTH + 1}}') then true
    when pg_column_size(jsonb_build_array(${column})) > ${JSON_BYTES} then true
    when jsonb_array_length(jsonb_path_query_array(${column}, 'strict $.**{0 to ${JSON_DEPTH}} ? (@.type() == "number")')) > ${JSON_NUMBERS} then true
    else octet_length(${column}::text) > ${JSON_BYTES} end`;
}

/** A JSON value. */
export function believedJson(column: string): string {
  return `case when not (${isUnreadableJson(column)}) then ${column} end`;
}

/** A text within a JSON object; null where something else than a text stands there. */
export function believedMember(column: string, member: string): string {
  return `case when jsonb_typeof(${column}->'${member}') = 'string' then ${column}->>'${member}' end`;
}
