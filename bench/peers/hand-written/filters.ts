import type { Platform } from "../settings";

export interface ListArguments {
  readonly first: number;
  readonly filter?: {
    readonly createdAt?: { readonly min?: string };
    readonly nameContains?: string;
  };
}

type Parameters = Record<string, string>;

interface FilterNames {
  readonly since: (instant: string) => Parameters;
  readonly name: string;
}

const names: Readonly<Record<Platform, FilterNames>> = {
  "commerce-layer": {
    since: (instant) => ({ "filter[q][created_at_gteq]": instant }),
    name: "filter[q][name_i_cont]",
  },
  bigcommerce: {
    // Times of groups are in UTC, without a zone.
    since: (instant) => ({ "date_created:min": instant.slice(0, 19) }),
    name: "name:like",
  },
  ecwid: {
    since: (instant) => ({
      createdFrom: String(Date.parse(instant) / 1_000),
    }),
    name: "keyword",
  },
};

/** The conditions of a list in the platform's own words. */
export function toFilterParameters(
  platform: Platform,
  { filter }: ListArguments,
): Parameters {
  const { since, name } = names[platform];
  return {
    ...(filter?.createdAt?.min ? since(filter.createdAt.min) : {}),
    ...(filter?.nameContains ? { [name]: filter.nameContains } : {}),
  };
}
