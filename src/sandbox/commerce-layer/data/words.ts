/** Names of groups, all invented; two are the same. */
export const groupNames: readonly string[] = [
  ...["Wholesale", "Press", "Employees", "Newsletter", "Élite Côte d’Azur"],
  ...["Größere Händler", "Żółta Łódź", "Søndagsklubben", "Años dorados"],
  ...[
    "顧客様 ゴールド",
    "批发客户",
    "단골손님",
    "عملاء مميزون",
    "לקוחות נאמנים",
  ],
  ...["Ελλάδα Χονδρική", "Оптовики", "ลูกค้าประจำ", "💎 Diamond", "👩‍👩‍👧 Families"],
  ...[
    '"Quoted" & <tagged>',
    "O'Reilly’s Friends",
    "100% cotton",
    "50_50 split",
  ],
  ...["a,b,c", "Back\\slash", "Trailing dot.", "null", "0"],
  ...["Students", "Teachers", "Seniors", "Founders", "Beta testers", "Gym"],
  ...["Book club", "Wine club", "Night owls", "Early birds", "Cyclists"],
  ...["Resellers North", "Resellers South", "Resellers East", "Resellers West"],
  ...["Outlet", "Seasonal 2021", "Seasonal 2022", "Seasonal 2023", "Archive"],
  ...["Charity", "Schools", "Hospitals", "Restaurants", "Hotels", "Museums"],
  ...["Neighbours", "Collectors", "Gift cards", "Referral A", "Referral B"],
  ...["Do not contact", "Imported", "Imported"],
];

/** Given names for addresses, in several scripts. */
export const givenNames: readonly string[] = [
  ...[
    "Anna",
    "Béatrice",
    "Çağla",
    "Dušan",
    "Eivør",
    "Fatou",
    "Günther",
    "Håkon",
  ],
  ...[
    "Íris",
    "José",
    "Kateřina",
    "Łucja",
    "Mădălina",
    "Nguyệt",
    "Øyvind",
    "Pía",
  ],
  ...[
    "Quim",
    "Róisín",
    "Sørine",
    "Tiên",
    "Ülle",
    "Václav",
    "Wiktória",
    "Xóchitl",
  ],
  ...["太郎", "小明", "지민", "ليلى", "נועה", "Ελένη", "Олена", "สมชาย"],
];

/** Family names for addresses, in several scripts. */
export const familyNames: readonly string[] = [
  ...["Testmann", "Sampleová", "Exempelsson", "d’Exemple", "O'Example"],
  ...[
    "Müster",
    "Probnik-Test",
    "de la Prueba",
    "Próbaházi",
    "Örnek",
    "Voorbeeld",
  ],
  ...[
    "Démo",
    "Ñandú-Muestra",
    "試験",
    "样本",
    "견본",
    "تجربة",
    "דוגמה",
    "Δείγμα",
  ],
  ...["Зразок", "ตัวอย่าง", "Sandbox", "Placeholder", "Lorem"],
];

/** The letters that begin the mail addresses; each gets a number behind it. */
export const mailNames: readonly string[] = [
  ...["ada", "bruno", "chloe", "dmitri", "elif", "farid", "greta", "hugo"],
  ...["ines", "jonas", "kaja", "lars", "mina", "noor", "olga", "pavel"],
  ...["rosa", "stan", "tara", "umut", "vera", "wout", "yara", "zoe"],
];

/** Domains that reach nobody (RFC 2606). */
export const mailDomains: readonly string[] = [
  ...["example.com", "example.org", "example.net"],
  ...["shop.test", "mail.example.test"],
];

/** Places for addresses. */
export const places: readonly {
  readonly city: string;
  readonly zip: string | null;
  readonly state: string | null;
  readonly country: string;
  readonly language: string;
  readonly currency: string;
}[] = [
  place("Zürich", "8000", "ZH", "CH", "de", "CHF"),
  place("München", "80000", "BY", "DE", "de", "EUR"),
  place("Łódź", "90-000", null, "PL", "pl", "PLN"),
  place("Århus", "8000", null, "DK", "da", "DKK"),
  place("São Paulo", "01000-000", "SP", "BR", "pt", "BRL"),
  place("東京", "100-0000", "13", "JP", "ja", "JPY"),
  place("القاهرة", "11511", null, "EG", "ar", "EGP"),
  place("תל אביב", "6100000", null, "IL", "he", "ILS"),
  place("Springfield", "00000", "IL", "US", "en", "USD"),
  place("Hong Kong", null, null, "HK", "en", "HKD"),
];

function place(
  city: string,
  zip: string | null,
  state: string | null,
  country: string,
  language: string,
  currency: string,
) {
  return { city, zip, state, country, language, currency };
}

/** What price lists and markets are called after. */
export const currencies: readonly string[] = [
  ...["EUR", "USD", "GBP", "CHF", "JPY", "PLN"],
  ...["DKK", "SEK", "BRL", "ILS", "HKD", "EGP"],
];
