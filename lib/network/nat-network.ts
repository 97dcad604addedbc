import type { Construct } from "constructs";
import { type AddressedNetworkProps, VirtualNetwork } from "./network";

export interface NatNetworkProps extends AddressedNetworkProps {}

/** Guests reach the outside through the host's address (NAT); nobody outside reaches them. */
export class NatNetwork extends VirtualNetwork {
  constructor(scope: Construct, id: string, props: NatNetworkProps) {
    super(scope, id, props, { forward: { mode: "nat" }, addressed: true });
  }
}
