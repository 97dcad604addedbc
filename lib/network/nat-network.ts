import type { Construct } from "constructs";
import { z } from "zod";
import { type AddressedNetworkProps, addressedShape, VirtualNetwork } from "./network";

/** Props of a network behind the host's address. */
export interface NatNetworkProps extends AddressedNetworkProps {}

const kind = {
  schema: z.strictObject(addressedShape),
  forward: () => ({ mode: "nat" }),
  addressed: true,
};

/** Guests reach the outside through the host's address (NAT); nobody outside reaches them. */
export class NatNetwork extends VirtualNetwork {
  constructor(scope: Construct, id: string, props: NatNetworkProps) {
    super(scope, id, props, kind);
  }
}
