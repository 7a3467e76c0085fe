import { writeFileSync } from "node:fs";
import { buildSchema } from "./graph/build-schema";
import { toSdl } from "./graph/federation";
import { platforms } from "./platforms/registry";

const sdl = toSdl(buildSchema(platforms));
const file = process.argv[2];
if (file === undefined) process.stdout.write(sdl);
else writeFileSync(file, sdl);
