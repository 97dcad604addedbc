type Json = Record<string, unknown>;

/** The attributes of a network with one address block, 10.20.0.1/24 unless said otherwise. */
export const block = (changes: Json = {}): Json => ({
  ips: [{ address: "10.20.0.1", prefix: 24, ...changes }],
});
export const dhcp = (changes: Json, more: Json = {}): Json => block({ dhcp: changes, ...more });
export const V6 = { family: "ipv6", address: "fd00::1", prefix: 64 };
