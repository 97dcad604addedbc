import type { Construct } from "constructs";
import { z } from "zod";
import { text } from "../props";
import { type AddressedNetworkProps, addressedShape, VirtualNetwork } from "./network";

/** Props of a routed network. */
export interface RoutedNetworkProps extends AddressedNetworkProps {
  /** Device of the host that traffic leaves through. @default - any, by the host's routes */
  readonly forwardDevice?: string;
}

const kind = {
  schema: z.strictObject({ ...addressedShape, forwardDevice: text.optional() }),
  forward: ({ forwardDevice }: Partial<RoutedNetworkProps>) => ({
    mode: "route",
    ...(forwardDevice !== undefined && { dev: forwardDevice }),
  }),
  addressed: true,
};

/** Guests have addresses that the surrounding network knows; the host routes without NAT. */
export class RoutedNetwork extends VirtualNetwork {
  constructor(scope: Construct, id: string, props: RoutedNetworkProps) {
    super(scope, id, props, kind);
  }
}
