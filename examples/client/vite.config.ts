import react from "@vitejs/plugin-react";
import { defineConfig, type ProxyOptions } from "vite";

const server = process.env["CLIENTELE_URL"] ?? "http://127.0.0.1:4000";
const token = process.env["CLIENTELE_TOKEN"];

/** The server knows no CORS: the page and `/graphql` are of one origin. */
const proxy: Record<string, ProxyOptions> = {
  "/graphql": {
    target: new URL(server).origin,
    changeOrigin: true,
    // Added here, the token never reaches the browser.
    ...(token ? { headers: { authorization: `Bearer ${token}` } } : {}),
  },
};

/** What a web server in front of the page should send too: see the README. */
const contentSecurityPolicy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; " +
  "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

export default defineConfig({
  plugins: [react()],
  server: { host: "127.0.0.1", proxy },
  preview: {
    host: "127.0.0.1",
    proxy,
    headers: {
      "content-security-policy": contentSecurityPolicy,
      "x-content-type-options": "nosniff",
    },
  },
});
