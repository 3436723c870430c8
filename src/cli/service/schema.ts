import { lexicographicSortSchema, printSchema } from 'graphql';
import { graphqlSchema } from '../../server/graphql-schema.js';
import { toStdout } from '../screen/terminal.js';
import { EXIT, type ExitCode } from '../shell/exit-code.js';

/** Prints the GraphQL schema as it is served, sorted so that two of them compare line by line. */
export async function schema(): Promise<ExitCode> {
  toStdout(`${printSchema(lexicographicSortSchema(await graphqlSchema()))}\n`);
  return EXIT.done;
}
