import { stringify } from "yaml";

export interface CloudInitUser {
  readonly name: string;
  /** Public keys that may log in. */
  readonly sshKeys?: readonly string[];
  /** A line for sudoers, such as `ALL=(ALL) NOPASSWD:ALL`. @default - no sudo */
  readonly sudo?: string;
  readonly groups?: readonly string[];
  readonly shell?: string;
}

export interface CloudInitProps {
  /** @default - the guest's name */
  readonly hostname?: string;
  /** Public keys of the image's own user. */
  readonly sshKeys?: readonly string[];
  /** Users beside the image's own. */
  readonly users?: readonly CloudInitUser[];
  readonly packages?: readonly string[];
  /** Commands that run once at the end of the first boot. */
  readonly runcmd?: readonly (string | readonly string[])[];
  /** Anything else of cloud-config; wins over the props. */
  readonly config?: Readonly<Record<string, unknown>>;
  /** Network configuration, version 2. @default - DHCP on every NIC, as the image does it */
  readonly networkConfig?: Readonly<Record<string, unknown>>;
}

const BRAND = Symbol.for("virt-constructs/CloudInit");

export function isCloudInit(value: unknown): value is CloudInit {
  return typeof value === "object" && value !== null && BRAND in value;
}

/**
 * What a cloud image does at its first boot. The provider writes it to an ISO that the guest sees as a CD-ROM.
 *
 * The provider keeps that ISO in the temporary folder of the machine that runs Terraform. Where that is lost
 * between runs, the next plan makes the seed anew and replaces its volume.
 */
export class CloudInit {
  private raw?: string;

  constructor(private readonly props: CloudInitProps = {}) {
    Object.defineProperty(this, BRAND, { value: true });
  }

  /** User data as it stands, in any format that cloud-init knows. */
  static fromText(userData: string, networkConfig?: Readonly<Record<string, unknown>>): CloudInit {
    const cloudInit = new CloudInit(networkConfig ? { networkConfig } : {});
    cloudInit.raw = userData;
    return cloudInit;
  }

  /** The provider's three documents for a guest. */
  render(guestName: string): { userData: string; metaData: string; networkConfig?: string } {
    const { hostname = guestName, networkConfig } = this.props;
    return {
      userData: this.raw ?? `#cloud-config\n${stringify(this.cloudConfig(), { lineWidth: 0 })}`,
      metaData: stringify({ "instance-id": guestName, "local-hostname": hostname }, { lineWidth: 0 }),
      ...(networkConfig
        ? { networkConfig: stringify({ version: 2, ...networkConfig }, { lineWidth: 0 }) }
        : {}),
    };
  }

  private cloudConfig(): Record<string, unknown> {
    const { sshKeys, users, packages, runcmd, config } = this.props;
    return {
      ...(sshKeys?.length && { ssh_authorized_keys: sshKeys }),
      ...(users?.length && {
        users: [
          "default",
          ...users.map(({ name, sshKeys: keys, sudo, groups, shell }) => ({
            name,
            ...(keys?.length && { ssh_authorized_keys: keys }),
            ...(sudo !== undefined && { sudo }),
            ...(groups?.length && { groups: groups.join(", ") }),
            ...(shell !== undefined && { shell }),
          })),
        ],
      }),
      ...(packages?.length && { packages }),
      ...(runcmd?.length && { runcmd }),
      ...config,
    };
  }
}
