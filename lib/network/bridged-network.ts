import type { Construct } from "constructs";
import { type NetworkProps, VirtualNetwork } from "./network";

export interface BridgedNetworkProps extends NetworkProps {
  /** The bridge of the host, which must exist. */
  readonly bridge: string;
}

/** Guests are on a bridge that the host already has, as machines of their own on its network. */
export class BridgedNetwork extends VirtualNetwork {
  constructor(scope: Construct, id: string, props: BridgedNetworkProps) {
    super(scope, id, props, { forward: { mode: "bridge" }, addressed: false });
  }
}
