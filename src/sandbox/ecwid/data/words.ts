/** Names of groups beyond those made on purpose; two are the same. */
export const groupNames: readonly string[] = [
  ...["Boutique owners", "Café owners", "Crème de la crème", "Händler Süd"],
  ...["Kundenkreis Österreich", "Miłośnicy kawy", "Ñandú Club", "Çarşı esnafı"],
  ...[
    "お得意様",
    "法人のお客様",
    "老客户",
    "도매 회원",
    "זוגות ומשפחות",
    "تجار التجزئة",
  ],
  ...["Φίλοι του μαγαζιού", "Друзья магазина", "ลูกค้าส่ง", "🐝 Beekeepers"],
  ...["👩🏽‍🌾 Farmers", "🇨🇭 Switzerland", 'The "quoted" ones', "Ben & Co <b2b>"],
  ...[
    "Shop's best",
    "a, b and c",
    "back\\slash",
    "100 % organic",
    "snake_case",
  ],
  ...["null", "0", "-1", "general", "vip"],
  ...["Allotments", "Barbers", "Choirs", "Divers", "Editors", "Foresters"],
  ...[
    "Gardeners",
    "Hikers",
    "Illustrators",
    "Jugglers",
    "Kayakers",
    "Luthiers",
  ],
  ...["Masons", "Nurses", "Orchards", "Potters", "Riders", "Sailors", "Tutors"],
  ...["Migrated", "Migrated"],
];

/** Given names in several scripts. */
export const givenNames: readonly string[] = [
  ...["Alma", "Benoît", "Cécile", "Dagný", "Erzsébet", "Flóra", "Gözde"],
  ...["Hélène", "Ilić", "Jón", "Krzysztof", "Lucía", "Måns", "Nuño", "Özlem"],
  ...["Petr", "Rūta", "Søs", "Tuğba", "Ulla", "Ville", "Wenche", "Žofie"],
  ...[
    "健太",
    "丽娜",
    "민준",
    "فاطمة",
    "דוד",
    "Σοφία",
    "Тарас",
    "นิดา",
    "Kim 🐼",
  ],
];

/** Family names in several scripts. */
export const familyNames: readonly string[] = [
  ...["Sample", "Muster", "Échantillon", "Ejemplar", "Wzór", "Minta", "Näyte"],
  ...["O'Specimen", "von der Probe", "Šablona", "Campione", "Örnekoğlu"],
  ...["雛形", "样例", "표본", "نموذج", "לדוגמא", "Υπόδειγμα", "Зразковий"],
  ...["Testing", "Fixture", "Mockett", "Nobody"],
];

/** Names of one word. */
export const singleNames: readonly string[] = [
  ...["Prince-Test", "Zoë", "渡辺", "מיכל", "نور", "🦊", "X"],
];

/** Companies; commas and ampersands among them. */
export const companies: readonly string[] = [
  ...["Sample Ltd", "Böhm & Töchter (Demo)", "株式会社見本", "شركة التجربة"],
  ...["Nothing, Inc.", "Crêperie Fictive", "<Tag> GmbH", "Void & Sons"],
];

/** Domains that reach nobody (RFC 2606). */
export const mailDomains: readonly string[] = [
  ...["example.com", "example.org", "example.net"],
  ...["ecshop.test", "post.example.test"],
];

/** What mail addresses begin with. */
export const mailNames: readonly string[] = [
  ...["anders", "britt", "cyril", "doro", "ebba", "fritz", "gerda", "henk"],
  ...["imke", "jule", "knut", "leni", "mats", "nils", "oda", "piet", "tilda"],
];

/** Languages of customers. */
export const languages: readonly string[] = [
  ...["en", "de", "fr", "ja", "ar", "he", "es_419", "zh-CN"],
];

/**
 * Mail addresses of customers that the rooms of Commerce Layer and BigCommerce
 * have for seed 1: the same people shop in several stores.
 */
export const sharedMailAddresses: readonly string[] = [
  ...["pavel1@example.com", "noor20@example.org", "pavel180@mail.example.test"],
  ...["bruno340@example.net", "zoe660@shop.test", "ada820@example.org"],
  ...["kaja980@example.com", "rosa1140@shop.test", "rosa1460@example.net"],
  ...["farid1620@example.net", "hugo1780@shop.test", "elif1940@example.net"],
  ...["yara2260@mail.example.test", "elif2420@example.net"],
  ...["rosa2580@example.com", "elif2740@example.com"],
  ...["umut+tag.250@example.net", "mina.O'Example500@example.org"],
  ...["ruth6@example.net", "carl25@store.test", "hana190@example.org"],
  ...["june+list.354@example.net", "nell519@kunden.test"],
  ...["june683@example.com", "max847@store.test"],
  ...["kit.O'Sample1012@example.com", "lou1176@example.net"],
  ...["amir1341@example.com", "hana1505@kunden.test", "lou1834@example.net"],
  ...["carl1999@kunden.test", "bea2163@example.org", "bea2327@example.net"],
  ...["otto2492@kunden.test", "dora2656@example.org", "nell2985@example.org"],
];

/** A place for addresses. */
export interface Place {
  readonly city: string;
  readonly postalCode: string;
  readonly stateCode: string;
  readonly stateName: string;
  readonly countryCode: string;
  readonly countryName: string;
}

/** Places for addresses; some are in no state, some have no postal code. */
export const places: readonly Place[] = [
  place("Scranton", "18503", "PA", "Pennsylvania", "US", "United States"),
  place("Portland", "97201", "OR", "Oregon", "US", "United States"),
  place("Düsseldorf", "40210", "NW", "Nordrhein-Westfalen", "DE", "Germany"),
  place("Besançon", "25000", "", "", "FR", "France"),
  place("Gdańsk", "80-001", "", "", "PL", "Poland"),
  place("A Coruña", "15001", "C", "A Coruña", "ES", "Spain"),
  place("京都市", "600-8001", "26", "京都府", "JP", "Japan"),
  place("الرياض", "11564", "", "", "SA", "Saudi Arabia"),
  place("באר שבע", "8410000", "", "", "IL", "Israel"),
  place("Hong Kong", "", "", "", "HK", "Hong Kong"),
];

function place(
  city: string,
  postalCode: string,
  stateCode: string,
  stateName: string,
  countryCode: string,
  countryName: string,
): Place {
  return { city, postalCode, stateCode, stateName, countryCode, countryName };
}
