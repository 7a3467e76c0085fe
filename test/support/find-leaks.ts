import { Buffer } from "node:buffer";
import * as bigcommerce from "../../src/sandbox/bigcommerce/data/words";
import * as commerceLayer from "../../src/sandbox/commerce-layer/data/words";
import * as ecwid from "../../src/sandbox/ecwid/data/words";

const givenNames = [
  ...commerceLayer.givenNames,
  ...bigcommerce.firstNames,
  ...ecwid.givenNames,
  "Alex",
];
const familyNames = [
  ...commerceLayer.familyNames,
  ...bigcommerce.lastNames,
  ...ecwid.familyNames,
];
const cities = [
  ...commerceLayer.places,
  ...bigcommerce.places,
  ...ecwid.places,
].map(({ city }) => city);
const streets = [
  ...["Rue de l’Exemple", "Musterstraße", "Próba utca", "Testgade", "試験通り"],
  ...["Avenida da Amostra", "شارع التجربة", "Sample Street"],
  ...["Sandbox Street", "Sandbox Lane"],
];

/** Names of the sandbox that stand in plain English too. */
const ordinary = new Set([
  ...["Dummy", "Filler", "Fixture", "Nobody", "Placeholder"],
  ...["Sample", "Sandbox", "Specimen", "Testing"],
]);

/** Whether a word alone can be nothing but somebody's. */
function isTelling(word: string): boolean {
  const isForeign = /\P{ASCII}/u.test(word);
  return !ordinary.has(word) && word.length > (isForeign ? 1 : 4);
}

/** Any of the words, whole: as they are written, so that `muster` is none. */
function anyOf(words: readonly string[]): string {
  const escaped = words.map((word) =>
    word.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"),
  );
  return `(?:${escaped.join("|")})`;
}

function whole(pattern: string): RegExp {
  return new RegExp(`(?<![\\p{L}\\p{N}])${pattern}(?![\\p{L}\\p{N}])`, "gu");
}

/**
 * Every secret and every personal datum of the sandbox is a canary: no log, no
 * metric, no trace and no error may hold one. Personal data are told by their
 * form where they have one, so those that a test makes up are found too.
 */
const personal = [
  // An e-mail address.
  /[\w.+%-]+@[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}/gi,
  // A telephone number.
  /\+\d[\d ()-]{7,}\d/g,
  // Notes, and whatever else is there for nothing but to be found.
  /canary-[\w-]+/g,
  whole(`${anyOf(givenNames)} ${anyOf(familyNames)}`),
  whole(
    anyOf(
      [
        ...[...givenNames, ...familyNames, ...ecwid.singleNames],
        ...[...bigcommerce.companies, ...ecwid.companies],
        ...familyNames.map((name) => `${name} & Co.`),
        ...[...cities, ...streets],
      ].filter(isTelling),
    ),
  ),
];

const secrets = [
  "sandbox-secret",
  "sandbox-bigcommerce-access-token",
  "secret_sandbox_ecwid_access_token",
];

const credentials = [
  // A JSON Web Token.
  /eyJ[\w-]{10,}\.[\w-]+\.[\w-]*/g,
  /Bearer +(?!token\b)[\w.-]{8,}/gi,
];

/** The forms in which a secret can hide. */
function formsOf(secret: string): string[] {
  return [
    secret,
    encodeURIComponent(secret),
    Buffer.from(secret).toString("base64").replace(/=+$/, ""),
    Buffer.from(secret).toString("base64url"),
    Buffer.from(secret).toString("hex"),
    [...secret].reverse().join(""),
  ];
}

const hidden = secrets.flatMap(formsOf);

/**
 * Looks for canaries in what a server wrote.
 *
 * @param own what the client itself sent: an error about it may quote it.
 * @returns what was found; empty when nothing was.
 */
export function findLeaks(text: string, own = ""): string[] {
  return [
    ...hidden.filter((form) => text.includes(form)),
    ...[...personal, ...credentials].flatMap((pattern) => [
      ...(text.match(pattern) ?? []),
    ]),
  ].filter((found) => !own.includes(found));
}
