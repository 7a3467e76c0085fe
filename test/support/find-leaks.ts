import { Buffer } from "node:buffer";

/**
 * Every secret and every personal datum of the sandbox is a canary: no log, no
 * metric, no trace and no error may hold one. Personal data are told by their
 * form, so those that a test makes up are found too.
 */
const personal = [
  // An e-mail address.
  /[\w.+%-]+@[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}/gi,
  // A telephone number.
  /\+\d[\d ()-]{7,}\d/g,
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
