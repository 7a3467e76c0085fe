import type { ListArguments } from "../hand-written/filters";

/** A group as the default resolvers read it. */
export interface GroupModel {
  readonly __typename: string;
  readonly id: string;
  readonly nativeId: string;
  readonly name: string;
}

export interface CustomerModel {
  readonly __typename: string;
  readonly id: string;
  readonly nativeId: string;
  readonly email: string;
  readonly customerGroup: GroupModel | null;
}

/** What every store is read for; some are read for more. */
export interface Source {
  readonly key: string;
  group(id: string): Promise<GroupModel | null>;
  groups(page: ListArguments): Promise<readonly GroupModel[]>;
  /** Where the six shapes ask for them. */
  customers?(page: ListArguments): Promise<readonly CustomerModel[]>;
}
