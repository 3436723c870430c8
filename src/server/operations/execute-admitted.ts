import { execute, type ExecutionArgs, type ExecutionResult, getOperationAST, OperationTypeNode } from 'graphql';
import type { Admitted } from './admitted.js';
import { OPERATION } from './operation.js';
import type { Asked, OperationDesk } from './operation-desk.js';

/**
 * Executes a query or mutation that the desk lets in, within its time and budget.
 * @throws GraphQLError as the desk does, and why a query was stopped: half an answer would look like a whole one
 */
export async function executeAdmitted(desk: OperationDesk, args: ExecutionArgs, asked: Asked): Promise<ExecutionResult> {
  const admitted = await desk.admit(asked);
  // What an order has done by then must be told, whatever came after it.
  const isOrder = getOperationAST(args.document, args.operationName)?.operation === OperationTypeNode.MUTATION;
  return isOrder ? untilDone(admitted, args) : untilStopped(admitted, args);
}

async function untilDone(admitted: Admitted, args: ExecutionArgs): Promise<ExecutionResult> {
  admitted.operation.isOrder = true;
  try {
    return await executeIn(admitted, args);
  } finally {
    admitted.close();
  }
}

/** Executes for as long as the operation goes on. @throws why it was stopped */
export async function untilStopped(admitted: Admitted, args: ExecutionArgs): Promise<ExecutionResult> {
  const { operation } = admitted;
  try {
    const result = executeIn(admitted, args);
    if (result instanceof Promise) return await operation.unlessStopped(result);
    operation.check();
    return result;
  } finally {
    admitted.close();
  }
}

function executeIn({ operation }: Admitted, args: ExecutionArgs): Promise<ExecutionResult> | ExecutionResult {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- graphql does not know the type of its contexts; ours are objects
  Object.assign(args.contextValue as object, { [OPERATION]: operation });
  return execute(args);
}
