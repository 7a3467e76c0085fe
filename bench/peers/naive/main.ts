import { serve } from "../hand-written/serve";
import { openStoresOfEnvironment } from "../hand-written/stores";
import { resolvers } from "./resolvers";

const stores = new Map(
  openStoresOfEnvironment().map((store) => [store.key, store]),
);

void serve(resolvers, () => ({ stores }));
