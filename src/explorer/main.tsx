import { createRoot } from "react-dom/client";
import { createFetcher } from "./create-fetcher";
import { createStorage } from "./create-storage";
import { Explorer } from "./explorer";

// The content security policy takes no other style elements; the package that
// keeps the page still behind a dialog looks for the nonce here.
Object.assign(globalThis, {
  __webpack_nonce__:
    document.querySelector<HTMLLinkElement>("link[nonce]")?.nonce,
});

const place = document.querySelector("main");
if (place) {
  createRoot(place).render(
    <Explorer
      fetcher={createFetcher(location.pathname)}
      storage={createStorage()}
    />,
  );
}
