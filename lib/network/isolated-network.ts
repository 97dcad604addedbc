import type { Construct } from "constructs";
import { type AddressedNetworkProps, VirtualNetwork } from "./network";

export interface IsolatedNetworkProps extends AddressedNetworkProps {}

/** Guests reach each other and the host, and nothing else. */
export class IsolatedNetwork extends VirtualNetwork {
  constructor(scope: Construct, id: string, props: IsolatedNetworkProps) {
    super(scope, id, props, { addressed: true });
  }
}
