import type { Construct } from "constructs";
import { type AddressedNetworkProps, VirtualNetwork } from "./network";

export interface RoutedNetworkProps extends AddressedNetworkProps {
  /** Device of the host that traffic leaves through. @default - any, by the host's routes */
  readonly forwardDevice?: string;
}

/** Guests have addresses that the surrounding network knows; the host routes without NAT. */
export class RoutedNetwork extends VirtualNetwork {
  constructor(scope: Construct, id: string, props: RoutedNetworkProps) {
    const device = props.forwardDevice === undefined ? {} : { dev: props.forwardDevice };
    super(scope, id, props, { forward: { mode: "route", ...device }, addressed: true });
  }
}
