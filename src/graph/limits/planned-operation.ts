import type {
  DocumentNode,
  GraphQLSchema,
  OperationDefinitionNode,
} from "graphql";
import type { OperationContext } from "../operation-context";

/** An operation that is valid and about to run. */
export interface PlannedOperation {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  /** As the operation declares them, coerced. */
  readonly variables: Readonly<Record<string, unknown>>;
  readonly context: OperationContext;
}
