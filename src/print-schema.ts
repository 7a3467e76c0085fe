import { writeFileSync } from "node:fs";
import { toApiSdl } from "./graph/api-sdl";
import { buildSchema } from "./graph/build-schema";
import { toSdl } from "./graph/federation";
import { platforms } from "./platforms/registry";

const sdl = toSdl(buildSchema(platforms));
const [file, apiFile] = process.argv.slice(2);
if (file !== undefined) writeFileSync(file, sdl);
if (apiFile !== undefined) writeFileSync(apiFile, toApiSdl(sdl));
process.stdout.write(sdl);
