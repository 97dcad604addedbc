import { z } from "zod";
import type { PropIssue } from "../plan/intent";
import { isLate } from "../plan/late";
import { check, instance, lateList, lateMap, text } from "../props";
import { yamlText } from "./yaml-text";

/** A user that the first boot makes. */
export interface CloudInitUser {
  /** Login name. */
  readonly name: string;
  /** Public keys that may log in. @default - none */
  readonly sshKeys?: readonly string[];
  /** A line for sudoers, such as `ALL=(ALL) NOPASSWD:ALL`. @default - no sudo */
  readonly sudo?: string;
  /** Groups beside the user's own. @default - none */
  readonly groups?: readonly string[];
  /** Login shell. @default - the system's */
  readonly shell?: string;
}

/** What a cloud image does at its first boot. Any text and list may be a token. */
export interface CloudInitProps {
  /** Host name of the guest. @default - the guest's name */
  readonly hostname?: string;
  /** Public keys of the image's own user. @default - none */
  readonly sshKeys?: readonly string[];
  /** Users beside the image's own. @default - none */
  readonly users?: readonly CloudInitUser[];
  /** Packages to install. @default - none */
  readonly packages?: readonly string[];
  /** Commands that run once at the end of the first boot. @default - none */
  readonly runcmd?: readonly (string | readonly string[])[];
  /** Anything else of cloud-config; wins over the props. @default - nothing */
  readonly config?: Readonly<Record<string, unknown>>;
  /** Network configuration, version 2. @default - DHCP on every NIC, as the image does it */
  readonly networkConfig?: Readonly<Record<string, unknown>>;
}

const texts = lateList(z.array(text, { error: "must be a list" }));
const document = lateMap(
  z.record(z.string(), z.unknown(), { error: "must be an object" }).refine((value) => isData(value, []), {
    error: "must be plain data: text, numbers, true and false, null, lists and objects of these",
  }),
);
const schema = z.strictObject({
  hostname: text.optional(),
  sshKeys: texts.optional(),
  users: z
    .array(
      z.strictObject({
        name: text,
        sshKeys: texts.optional(),
        sudo: text.optional(),
        groups: texts.optional(),
        shell: text.optional(),
      }),
      { error: "must be a list" },
    )
    .optional(),
  packages: texts.optional(),
  runcmd: lateList(
    z.array(z.union([text, texts], { error: "must be a command: text, or a list of its words" }), {
      error: "must be a list",
    }),
  ).optional(),
  config: document.optional(),
  networkConfig: document.optional(),
});
const rawSchema = z.strictObject({ userData: text, networkConfig: document.optional() });

const BRAND = Symbol.for("virt-constructs/CloudInit");

/**
 * What a cloud image does at its first boot. The provider writes it to an ISO that the guest sees as a CD-ROM.
 *
 * The provider keeps that ISO in the temporary folder of the machine that runs Terraform. Where that is lost
 * between runs, the next plan makes the seed anew and replaces its volume.
 */
export class CloudInit {
  /** Whether a value is a CloudInit, of this or another copy of the package. */
  static isCloudInit(value: unknown): value is CloudInit {
    return typeof value === "object" && value !== null && BRAND in value;
  }

  /** User data as it stands, in any format that cloud-init knows. */
  static fromText(userData: string, networkConfig?: Readonly<Record<string, unknown>>): CloudInit {
    const { usable, issues } = check(rawSchema, { userData, networkConfig });
    const cloudInit = new CloudInit({ networkConfig: usable.networkConfig });
    cloudInit.raw = usable.userData ?? "";
    cloudInit.wrong = issues;
    return cloudInit;
  }

  private raw?: string;
  private wrong: readonly PropIssue[];
  private readonly props: CloudInitProps;

  constructor(props: CloudInitProps = {}) {
    Object.defineProperty(this, BRAND, { value: true });
    const { usable, issues } = check(schema, props);
    this.props = usable;
    this.wrong = issues;
  }

  /** @internal What is wrong with the arguments. */
  get issues(): readonly PropIssue[] {
    return this.wrong;
  }

  /** The provider's three documents for a guest. */
  render(guestName: string): { userData: string; metaData: string; networkConfig?: string } {
    const { hostname = guestName, networkConfig } = this.props;
    return {
      userData: this.raw ?? `#cloud-config\n${yamlText(this.cloudConfig())}`,
      metaData: yamlText({ "instance-id": guestName, "local-hostname": hostname }),
      ...(networkConfig && {
        networkConfig: yamlText(isLate(networkConfig) ? networkConfig : { version: 2, ...networkConfig }),
      }),
    };
  }

  private cloudConfig(): Readonly<Record<string, unknown>> {
    const { sshKeys, users, packages, runcmd, config } = this.props;
    const ours = {
      ...(holds(sshKeys) && { ssh_authorized_keys: sshKeys }),
      ...(holds(users) && { users: ["default", ...users.map(userConfig)] }),
      ...(holds(packages) && { packages }),
      ...(holds(runcmd) && { runcmd }),
    };
    return isLate(config) ? config : { ...ours, ...config };
  }
}

export const cloudInit = instance(CloudInit.isCloudInit, "a CloudInit");

function userConfig({ name, sshKeys, sudo, groups, shell }: CloudInitUser): Record<string, unknown> {
  return {
    name,
    ...(holds(sshKeys) && { ssh_authorized_keys: sshKeys }),
    ...(sudo !== undefined && { sudo }),
    ...(holds(groups) && { groups }),
    ...(shell !== undefined && { shell }),
  };
}

/** Whether a list is given and not empty; of a late one nobody knows. */
function holds<T>(list: readonly T[] | undefined): list is readonly T[] {
  return list !== undefined && (isLate(list) || list.length > 0);
}

/** Whether YAML can say it: no functions, no symbols, nothing that holds itself. */
function isData(value: unknown, within: readonly unknown[]): boolean {
  if (isLate(value) || value === null || value === undefined) return true;
  if (typeof value !== "object") return ["string", "number", "boolean"].includes(typeof value);
  if (within.includes(value)) return false;
  const prototype = Object.getPrototypeOf(value);
  if (!Array.isArray(value) && prototype !== Object.prototype && prototype !== null) return false;
  return Object.values(value).every((each) => isData(each, [...within, value]));
}
