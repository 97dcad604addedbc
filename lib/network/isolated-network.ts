import type { Construct } from "constructs";
import { z } from "zod";
import { type AddressedNetworkProps, addressedShape, VirtualNetwork } from "./network";

/** Props of a network without a way out. */
export interface IsolatedNetworkProps extends AddressedNetworkProps {}

const kind = { schema: z.strictObject(addressedShape), addressed: true };

/** Guests reach each other and the host, and nothing else. */
export class IsolatedNetwork extends VirtualNetwork {
  constructor(scope: Construct, id: string, props: IsolatedNetworkProps) {
    super(scope, id, props, kind);
  }
}
