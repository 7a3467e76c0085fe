// Composes a supergraph and prints it:
//
//   node deploy/gateway/compose-supergraph.mjs NAME URL SDL [NAME URL SDL]...
//
// one triple for each subgraph: its name, where the gateway reaches it, and the
// file that holds its schema.
import { readFileSync } from "node:fs";
import { composeServices } from "@theguild/federation-composition";
import { parse } from "graphql";

const words = process.argv.slice(2);
if (words.length === 0 || words.length % 3 !== 0) {
  process.stderr.write("expected NAME URL SDL for each subgraph\n");
  process.exit(2);
}

const services = [];
for (let index = 0; index < words.length; index += 3) {
  const [name, url, file] = words.slice(index, index + 3);
  services.push({ name, url, typeDefs: parse(readFileSync(file, "utf8")) });
}

const { supergraphSdl, errors = [] } = composeServices(services);
if (supergraphSdl === undefined) {
  for (const { message } of errors) process.stderr.write(`${message}\n`);
  process.exit(1);
}
process.stdout.write(`${supergraphSdl}\n`);
