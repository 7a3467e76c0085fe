import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { Provider } from "urql";
import { App } from "./app";
import { createClient } from "./client/create-client";
import { createUpstreamCostMeter } from "./client/upstream-cost";
import { followScroll } from "./routing/scroll";
import "./styles/index.css";

const meter = createUpstreamCostMeter();
const client = createClient(meter);

followScroll();

const root = document.getElementById("root");
if (root) {
  createRoot(root).render(
    <StrictMode>
      <Provider value={client}>
        <App meter={meter} />
      </Provider>
    </StrictMode>,
  );
}
