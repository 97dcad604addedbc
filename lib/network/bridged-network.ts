import type { Construct } from "constructs";
import { bridgedSchema, type NetworkProps, VirtualNetwork } from "./network";

/** Props of a network on a bridge of the host. */
export interface BridgedNetworkProps extends NetworkProps {
  /** The bridge of the host, which must exist. */
  readonly bridge: string;
}

// libvirt refuses addresses, DHCP and a domain here: these are the surrounding network's.
const kind = { schema: bridgedSchema, forward: () => ({ mode: "bridge" }), addressed: false };

/** Guests are on a bridge that the host already has, as machines of their own on its network. */
export class BridgedNetwork extends VirtualNetwork {
  constructor(scope: Construct, id: string, props: BridgedNetworkProps) {
    super(scope, id, props, kind);
  }
}
