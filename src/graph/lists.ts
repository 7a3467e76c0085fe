import type { GraphQLResolveInfo } from "graphql";
import type { CustomerGroupsArguments, CustomersArguments } from "./arguments";
import type { Connection } from "./connection";
import { customerCriteria, customerGroupCriteria } from "./criteria";
import type { OperationContext } from "./operation-context";
import { resolveConnection } from "./resolve-connection";

/**
 * Lists groups: of one store, whose failure is then the list's own, or of all
 * stores one after another, where a store that fails is one null edge.
 */
export function listCustomerGroups(
  context: OperationContext,
  args: CustomerGroupsArguments,
  info: GraphQLResolveInfo,
  onlyStore?: string,
): Promise<Connection> {
  const asked = customerGroupCriteria(context, args.filter).filter(
    ({ store }) => onlyStore === undefined || store.key === onlyStore,
  );
  return resolveConnection(
    {
      list: ["customerGroups", onlyStore ?? null, args.filter ?? null],
      page: args,
      sources: asked.map(({ store, criteria }) => ({
        store: store.key,
        read: (request) =>
          store.session.customerGroups({ ...request, criteria }),
      })),
      isolateFailures: onlyStore === undefined,
    },
    info,
  );
}

/** As {@link listCustomerGroups}, for customers. */
export function listCustomers(
  context: OperationContext,
  args: CustomersArguments,
  info: GraphQLResolveInfo,
  onlyStore?: string,
): Promise<Connection> {
  const asked = customerCriteria(context, args.filter).filter(
    ({ store }) => onlyStore === undefined || store.key === onlyStore,
  );
  return resolveConnection(
    {
      list: ["customers", onlyStore ?? null, args.filter ?? null],
      page: args,
      sources: asked.map(({ store, criteria }) => ({
        store: store.key,
        read: (request) => store.session.customers({ ...request, criteria }),
      })),
      isolateFailures: onlyStore === undefined,
    },
    info,
  );
}
