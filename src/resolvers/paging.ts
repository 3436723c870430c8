import { BAD_INPUTS } from './bad-input-words.js';
import { readKey, writeKey, type KeyPart, type Page, type PageRequest } from '../database/keyset.js';
import type { Connection, PageArgs } from '../schema/connection.js';
import type { Told } from '../domain/said.js';
import { badInput } from './bad-input.js';

/** Most nodes that one page may hold. */
const MAX_FIRST = 100;

/** A list's name, which its cursors carry, and what its key's parts are. */
export interface ListKey {
  readonly list: string;
  readonly form: readonly KeyPart[];
}

/** What is wrong with a `first`, and what to write instead; undefined when nothing is. */
export function wrongFirst(first: number): Told | undefined {
  if (first >= 1 && first <= MAX_FIRST) return undefined;
  return BAD_INPUTS.tell('FIRST', { most: MAX_FIRST, found: first });
}

/** Checks `first`. @throws BAD_USER_INPUT */
export function checkFirst(first: number): number {
  const problem = wrongFirst(first);
  if (problem !== undefined) throw badInput('first', problem);
  return first;
}

/** Reads the arguments of a page. @throws BAD_USER_INPUT for a `first` out of range or a cursor of another list */
export function pageRequest({ first, after }: PageArgs, key: ListKey): PageRequest {
  checkFirst(first);
  if (after === undefined || after === null) return { first };
  const parts = readKey(key.list, after, key.form);
  if (parts === undefined) throw badInput('after', BAD_INPUTS.tell('CURSOR_OF_LIST'));
  return { first, after: parts };
}

/** Turns a page of rows into a connection of nodes. */
export function connect<Row, Node>(
  page: Page<Row>,
  key: ListKey,
  of: { node: (row: Row) => Node; key: (row: Row) => (string | number)[] },
): Connection<Node> {
  const edges = page.rows.map((row) => ({ cursor: writeKey(key.list, of.key(row)), node: of.node(row) }));
  return { edges, nodes: edges.map(({ node }) => node), pageInfo: { hasNextPage: page.hasNext, endCursor: edges.at(-1)?.cursor ?? null } };
}
