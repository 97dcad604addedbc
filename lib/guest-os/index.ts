export type {
  FirmwareFacts,
  GuestOsFacts,
  GuestOsFamily,
  IsoDate,
  MinimumResources,
  Resources,
  SupportFacts,
  Ternary,
  XenFacts,
} from "./facts";
export { GuestOs, type XenPvCapable, type XenPvhCapable } from "./guest-os";
