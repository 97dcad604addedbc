import { dom0 } from "./subject";

/** What a guest's kernel printed, as Xen's console daemon logs it. */
export function marker(name: string): string {
  const { stdout } = dom0.sh(
    `for second in $(seq 900); do grep -am1 VC-GUEST ${consoleLog(name)} && break; sleep 1; done 2> /dev/null`,
  );
  return stdout.trim();
}

export const consoleLog = (name: string) => `/var/log/xen/console/guest-${name}.log`;
