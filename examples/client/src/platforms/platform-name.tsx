import type { Mode, Platform } from "../gql/graphql";

const names: Readonly<Record<Platform, string>> = {
  COMMERCE_LAYER: "Commerce Layer",
  BIGCOMMERCE: "BigCommerce",
  ECWID: "Ecwid",
};

interface PlatformNameProps {
  readonly platform: Platform;
  readonly mode?: Mode | null;
}

/** The platform in its own spelling, with the mode where it is known. */
export function PlatformName({ platform, mode }: PlatformNameProps) {
  return (
    <span className="platform" data-platform={platform}>
      {names[platform]}
      {mode && (
        <>
          {" "}
          <span className="mode">· {mode.toLowerCase()}</span>
        </>
      )}
    </span>
  );
}
