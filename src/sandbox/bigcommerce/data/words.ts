/** Names of groups beyond those made on purpose; two are the same. */
export const groupNames: readonly string[] = [
  ...["Gold", "Silver", "Bronze", "Señores y Señoras", "Großkunden", "Żagle"],
  ...["業販", "渠道伙伴", "도매", "تجار الجملة", "סיטונאים", "Χονδρέμποροι"],
  ...["🌶️ Hot buyers", "👨‍🔧 Garages", "R&D <labs>", '"Friends"', "O'Brien & Co"],
  ...[
    "1,000 club",
    "50% crew",
    "under_score",
    "back\\slash",
    "undefined",
    "-1",
  ],
  ...["Architects", "Bakers", "Cafés", "Dentists", "Electricians", "Florists"],
  ...["Growers", "Hairdressers", "Innkeepers", "Jewellers", "Kitchens"],
  ...["Libraries", "Makers", "Nurseries", "Opticians", "Printers", "Quilters"],
  ...["Roofers", "Surveyors", "Tailors", "Upholsterers", "Vets", "Winemakers"],
  ...["Imported", "Imported"],
];

/** Given names in several scripts. */
export const firstNames: readonly string[] = [
  ...["Ana", "Björn", "Chloë", "Đorđe", "Élodie", "Ferenc", "Gül", "Helga"],
  ...[
    "İpek",
    "Jürgen",
    "Kęstutis",
    "Léa",
    "Märta",
    "Niño",
    "Ólafur",
    "Přemysl",
  ],
  ...["Renée", "Siân", "Thảo", "Uğur", "Vít", "Władysław", "Yên", "Zoé"],
  ...["花子", "伟", "서연", "يوسف", "שירה", "Νίκος", "Ірина", "กมล", "Mia 🦊"],
];

/** Family names in several scripts. */
export const lastNames: readonly string[] = [
  ...["Beispiel", "Exemplaire", "Ejemplo-Núñez", "Przykład", "Példa", "Näide"],
  ...["O'Sample", "van den Proef", "Ukázka", "Esempio", "Örneğin", "Sýnishorn"],
  ...["見本", "示例", "예시", "مثال", "לדוגמה", "Παράδειγμα", "Приклад", "แบบ"],
  ...["Dummy", "Specimen", "Ipsum", "Filler"],
];

/** Companies; commas and ampersands among them. */
export const companies: readonly string[] = [
  ...["Sandbox Supplies", "Müller & Söhne (Test)", "見本商事", "شركة مثال"],
  ...["Example, Inc.", "Café Démo", "<Angle> Ltd", "Placeholder GmbH"],
];

/** Domains that reach nobody (RFC 2606). */
export const mailDomains: readonly string[] = [
  ...["example.com", "example.org", "example.net"],
  ...["store.test", "kunden.test"],
];

/** What mail addresses begin with. */
export const mailNames: readonly string[] = [
  ...["amir", "bea", "carl", "dora", "emil", "fay", "gus", "hana", "ivo"],
  ...["june", "kit", "lou", "max", "nell", "otto", "pia", "quin", "ruth"],
];

/** Places for addresses. */
export const places: readonly {
  readonly city: string;
  readonly state: string;
  readonly postalCode: string;
  readonly country: string;
  readonly countryCode: string;
}[] = [
  place("Austin", "Texas", "78700", "United States", "US"),
  place("Köln", "Nordrhein-Westfalen", "50000", "Germany", "DE"),
  place("Genève", "Genève", "1200", "Switzerland", "CH"),
  place("Kraków", "", "30-000", "Poland", "PL"),
  place("Málaga", "Málaga", "29000", "Spain", "ES"),
  place("大阪市", "大阪府", "530-0000", "Japan", "JP"),
  place("دبي", "Dubai", "", "United Arab Emirates", "AE"),
  place("חיפה", "", "3100000", "Israel", "IL"),
  place("Sydney", "New South Wales", "2000", "Australia", "AU"),
];

function place(
  city: string,
  state: string,
  postalCode: string,
  country: string,
  countryCode: string,
) {
  return { city, state, postalCode, country, countryCode };
}

/** What categories are named after; a number may follow. */
export const categoryNames: readonly string[] = [
  ...["Kitchen", "Garden", "Bath", "Tools", "Lighting", "Décor", "Möbel"],
  ...["Vêtements", "Über-Größen", "キッチン", "玩具", "أثاث", "ספרים"],
  ...["Toys & Games", "Music <live>", "🎁 Gifts", "Outdoor", "Paper", "Sale"],
];

/** What products are named after. */
export const productNames: readonly string[] = [
  ...["Scarf", "Mug", "Lamp", "Chair", "Notebook", "Kettle", "Rug", "Clock"],
  ...["Crème brûlée dish", "Lötkolben", "急須", "蓝牙耳机", "سجادة", "כורסה"],
  ...['12" Ruler', "Salt & Pepper set", "Plant 🌱", "E-book"],
];
