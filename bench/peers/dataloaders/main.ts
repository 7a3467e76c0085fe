import { serve } from "../hand-written/serve";
import { openStoresOfEnvironment } from "../hand-written/stores";
import { createContext, resolvers } from "./resolvers";

const stores = openStoresOfEnvironment();

void serve(resolvers, () => createContext(stores));
