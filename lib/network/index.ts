export { BridgedNetwork, type BridgedNetworkProps } from "./bridged-network";
export { IsolatedNetwork, type IsolatedNetworkProps } from "./isolated-network";
export { NatNetwork, type NatNetworkProps } from "./nat-network";
export { type AddressedNetworkProps, type INetwork, type NetworkProps, VirtualNetwork } from "./network";
export { RoutedNetwork, type RoutedNetworkProps } from "./routed-network";
export type { AddressRange, Subnet } from "./subnet";
