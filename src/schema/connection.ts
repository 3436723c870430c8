import { ArgsType, Field, Int } from 'type-graphql';
import { ASKED, Most } from './list-size.js';
import { ObjectOfNobody, PageOfNodes } from './of-person.js';

/** Where a page of a connection ends. */
@ObjectOfNobody({ description: 'Where a page of a list ends.' })
export class PageInfo {
  @Field({ description: 'Whether more follows.' })
  hasNextPage!: boolean;

  @Field(() => String, { nullable: true, description: 'Pass this as `after` for the next page. Opaque.' })
  endCursor!: string | null;
}

/** Arguments of every connection. */
@ArgsType()
export class PageArgs {
  @Field(() => Int, { defaultValue: 20, description: 'How many, 1 to 100.' })
  first!: number;

  @Field(() => String, { nullable: true, description: 'The `endCursor` of the page before. Leave out for the first page.' })
  after?: string;
}

/** A connection's shape, whatever its node. */
export interface Connection<Node> {
  edges: { cursor: string; node: Node }[];
  nodes: Node[];
  pageInfo: PageInfo;
}

type Class<T> = abstract new (...args: never[]) => T;

/** Makes `NameConnection` and `NameEdge` for a node type. */
export function connectionOf<Node extends object>(name: string, node: () => Class<Node>): new () => Connection<Node> {
  const type = node as () => Function; // oxlint-disable-line typescript/no-unsafe-function-type -- what type-graphql takes

  @PageOfNodes(`${name}Edge`, { description: 'A node of a list and its place.' })
  class Edge {
    @Field({ description: 'The node’s place, for `after`. Opaque.' })
    cursor!: string;

    @Field(type)
    node!: Node;
  }

  @PageOfNodes(`${name}Connection`, { description: 'A page of a list.' })
  class NodeConnection implements Connection<Node> {
    @Most(ASKED)
    @Field(() => [Edge])
    edges!: Edge[];

    @Most(ASKED)
    @Field(() => [node() as new () => Node], { description: 'The nodes without their edges.' })
    nodes!: Node[];

    @Field(() => PageInfo)
    pageInfo!: PageInfo;
  }
  return NodeConnection;
}

/** A connection that can say how long its whole list is. */
export interface CountedConnection<Node> extends Connection<Node> {
  /** Counts the list; asked only when a client wants to know. */
  count: () => Promise<number>;
}

/** Like `connectionOf`, of a list that is cheap to count. */
export function countedConnectionOf<Node extends object>(name: string, node: () => Class<Node>): new () => CountedConnection<Node> {
  const Uncounted = connectionOf(name, node);

  @PageOfNodes(`${name}Connection`, { description: 'A page of a list.' })
  class CountedNodes extends Uncounted implements CountedConnection<Node> {
    count!: () => Promise<number>;

    @Field(() => Int, { description: 'How many the whole list has, whatever the page.' })
    totalCount(): Promise<number> {
      return this.count();
    }
  }
  return CountedNodes;
}
