/** Something in a text that nobody may publish. */
export interface Finding {
  readonly what: string;
  /** Its first characters; the whole would publish it once more. */
  readonly beginning: string;
}

const patterns: readonly { readonly what: string; readonly form: RegExp }[] = [
  { what: "a private key", form: /-----BEGIN [A-Z ]*PRIVATE KEY-----/g },
  {
    what: "a JWT, such as a Commerce Layer access token",
    form: /\beyJ[\w-]{17,}\.eyJ[\w-]{17,}\.[\w-]{20,}/g,
  },
  {
    what: "a Commerce Layer client id or secret",
    // 32 random bytes in base64url: 43 characters of all kinds.
    form: /(?<![\w+/-])(?=[\w-]*[A-Z])(?=[\w-]*[a-z])(?=[\w-]*\d[\w-]*\d)[\w-]{43}(?![\w+/=-])/g,
  },
  {
    what: "a BigCommerce access token",
    form: /(?<![\w+/-])(?=[a-z]*\d)(?=\d*[a-z])[a-z0-9]{31}(?![\w+/=-])/g,
  },
  {
    what: "an Ecwid token",
    form: /\b(?:secret|public)_[A-Za-z0-9]{32}\b/g,
  },
  {
    what: "a token of a registry or a code host",
    form: /\b(?:npm_[A-Za-z0-9]{36}|gh[pousr]_[A-Za-z0-9]{36}|AKIA[0-9A-Z]{16})\b/g,
  },
  {
    what: "a mail address that could be somebody's",
    // All but the names that RFC 2606 and RFC 6761 keep for examples.
    form: /(?<![\w.%+-])[\w.%+-]+@(?!(?:[\w-]+\.)*(?:example\.(?:com|net|org)|example|test|invalid|localhost)(?![\w-]|\.[\w-]))(?:[\w-]+\.)+[a-z]{2,}\b/gi,
  },
  {
    what: "a telephone number that could be somebody's",
    // All but those that nobody has: +1 555 01…, and Ofcom's for drama.
    form: /(?<![\w.])\+(?!1[ -]555[ -]01|44 (?:20 7946 0|7700 900)\d{3}\b)\d{1,3}[ ()-]+\d[\d ()-]{6,}\d/g,
  },
];

/** Secrets and personal data in a text. */
export function findSecrets(text: string): Finding[] {
  return patterns.flatMap(({ what, form }) =>
    [...text.matchAll(form)].map(([found]) => ({
      what,
      beginning: `${found.slice(0, 6)}…`,
    })),
  );
}
