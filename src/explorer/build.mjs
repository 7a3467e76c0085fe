// Bundles the explorer into dist/explorer, with everything that it shows: the
// server needs no network for it. Nothing is done while nothing has changed.
import { createHash } from "node:crypto";
import {
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { basename, resolve } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { build } from "esbuild";

const source = import.meta.dirname;
const root = resolve(source, "../..");
const output = resolve(root, "dist/explorer");
const stamp = resolve(output, ".built-from");

/** GraphiQL's style sheet holds 360 kB of fonts; the system's are as legible. */
const withoutFonts = {
  name: "without-fonts",
  setup({ onLoad }) {
    onLoad({ filter: /graphiql[\\/]dist[\\/]style\.css$/ }, ({ path }) => ({
      contents: readFileSync(path, "utf8").replace(/@font-face\s*{[^}]*}/g, ""),
      loader: "css",
    }));
  },
};

const inputs = [source, resolve(root, "examples")].flatMap((folder) =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => resolve(folder, entry.name)),
);
const digest = createHash("sha256");
for (const file of [...inputs, resolve(root, "package-lock.json")]) {
  digest.update(file).update(readFileSync(file));
}
const builtFrom = digest.digest("hex");
if (read(stamp) !== builtFrom) {
  rmSync(output, { recursive: true, force: true });
  mkdirSync(output, { recursive: true });
  await bundle();
  writeFileSync(stamp, builtFrom);
}

async function bundle() {
  const { outputFiles } = await build({
    entryPoints: ["main.tsx", "explorer.css", "icon.svg"],
    absWorkingDir: source,
    outdir: output,
    entryNames: "[name]-[hash]",
    bundle: true,
    minify: true,
    // GraphiQL names its icons, for those who hear them, after its functions.
    keepNames: true,
    format: "esm",
    target: "es2022",
    loader: { ".svg": "copy" },
    define: { EXAMPLES: JSON.stringify(readExamples()) },
    plugins: [withoutFonts],
    write: false,
  });
  let page = readFileSync(resolve(source, "page.html"), "utf8");
  for (const { path, contents } of outputFiles) {
    const name = basename(path);
    page = page.replace(name.replace(/-[A-Z0-9]{8}\./, "."), name);
    writeFileSync(path, contents);
    writeFileSync(`${path}.gz`, gzipSync(contents, { level: 9 }));
    writeFileSync(
      `${path}.br`,
      brotliCompressSync(contents, {
        params: { [constants.BROTLI_PARAM_QUALITY]: 10 },
      }),
    );
  }
  writeFileSync(resolve(output, "page.html"), page);
}

/** The operations that the explorer opens with: see src/explorer/examples.ts. */
function readExamples() {
  const folder = resolve(root, "examples");
  const list = JSON.parse(
    readFileSync(resolve(folder, "examples.json"), "utf8"),
  );
  return list.map(({ file, variables }) => ({
    query: readFileSync(resolve(folder, file), "utf8"),
    variables: variables && JSON.stringify(variables, null, 2),
  }));
}

function read(file) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}
