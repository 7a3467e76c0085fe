import { generateKeyPairSync, sign } from "node:crypto";

export interface CertificateOptions {
  /** Names and addresses that it is for; all of IPv4 are of four bytes. */
  readonly hosts: readonly string[];
  readonly from: Date;
  readonly to: Date;
}

/** A key and its self-signed certificate, in PEM. Made anew for each test. */
export function createCertificate({ hosts, from, to }: CertificateOptions): {
  readonly key: string;
  readonly cert: string;
} {
  const { privateKey, publicKey } = generateKeyPairSync("ec", {
    namedCurve: "P-256",
  });
  const name = sequence(
    tagged(0x31, sequence(objectId(2, 5, 4, 3), text(0x0c, "sandbox.test"))),
  );
  const algorithm = sequence(objectId(1, 2, 840, 10045, 4, 3, 2));
  const alternatives = sequence(...hosts.map(alternativeName));
  const body = sequence(
    tagged(0xa0, tagged(0x02, Buffer.from([2]))),
    tagged(0x02, Buffer.from([1])),
    algorithm,
    name,
    sequence(time(from), time(to)),
    name,
    publicKey.export({ type: "spki", format: "der" }),
    tagged(
      0xa3,
      sequence(sequence(objectId(2, 5, 29, 17), tagged(0x04, alternatives))),
    ),
  );
  const signature = sign("sha256", body, privateKey);
  const certificate = sequence(
    body,
    algorithm,
    tagged(0x03, Buffer.from([0]), signature),
  );
  return {
    key: privateKey.export({ type: "pkcs8", format: "pem" }) as string,
    cert: `-----BEGIN CERTIFICATE-----\n${certificate.toString("base64")}\n-----END CERTIFICATE-----\n`,
  };
}

function tagged(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const header =
    length < 0x80 ? [tag, length] : [tag, 0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from(header), content]);
}

function sequence(...parts: readonly Buffer[]): Buffer {
  return tagged(0x30, ...parts);
}

function text(tag: number, value: string): Buffer {
  return tagged(tag, Buffer.from(value));
}

function time(date: Date): Buffer {
  return text(0x18, `${date.toISOString().replace(/[-:T]|\.\d+/g, "")}`);
}

function alternativeName(host: string): Buffer {
  return /^[\d.]+$/.test(host)
    ? tagged(0x87, Buffer.from(host.split(".").map(Number)))
    : text(0x82, host);
}

function objectId(first: number, second: number, ...rest: readonly number[]) {
  const bytes = [first * 40 + second];
  for (const arc of rest) {
    const groups: number[] = [arc & 0x7f];
    for (let left = arc >> 7; left > 0; left >>= 7) {
      groups.unshift(0x80 | (left & 0x7f));
    }
    bytes.push(...groups);
  }
  return tagged(0x06, Buffer.from(bytes));
}
