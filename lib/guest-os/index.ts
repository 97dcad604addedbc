export type {
  FirmwareFacts,
  GuestOsFacts,
  GuestOsFamily,
  IsoDate,
  MaximumResources,
  MinimumResources,
  Resources,
  SupportFacts,
  Ternary,
  XenFacts,
} from "./facts";
export { GuestOs, type UndecidedGuestOs, type XenPvCapable, type XenPvhCapable } from "./guest-os";
export type { HasPv, HasPvh, PvhVerdict, PvVerdict } from "./xen-support";
