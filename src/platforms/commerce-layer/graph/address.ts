import type { CustomerAddressRow } from "../../platform";
import { CommerceLayerResource } from "./resource";

/**
 * A postal address. It is shown as the common `CustomerAddress` and has no
 * global id of its own in the schema.
 */
export class CommerceLayerAddress
  extends CommerceLayerResource
  implements CustomerAddressRow
{
  readonly name!: string | null;
  readonly company!: string | null;
  readonly line1!: string | null;
  readonly line2!: string | null;
  readonly city!: string | null;
  readonly region!: string | null;
  readonly postalCode!: string | null;
  readonly countryCode!: string | null;
  readonly phone!: string | null;
}
