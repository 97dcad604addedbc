type Json = Record<string, unknown>;

/** The attributes of a guest with these disks alone. */
export function guest(name: string, ...disks: Json[]): Json {
  return { name, devices: { disks } };
}

let targets = 0;
const disk = (source: Json, changes: Json): Json => ({
  source,
  target: { dev: `vd${String.fromCharCode(97 + (targets++ % 26))}`, bus: "virtio" },
  ...changes,
});

export const file = (path: string, changes: Json = {}) => disk({ file: { file: path } }, changes);
export const block = (dev: string, changes: Json = {}) => disk({ block: { dev } }, changes);
export const volume = (name: string, changes: Json = {}, pool = "default") =>
  disk({ volume: { pool, volume: name } }, changes);
export const network = (protocol: string, name: string, changes: Json = {}, more: Json = {}) =>
  disk({ network: { protocol, name, hosts: [{ name: "mon1", port: "6789" }], ...more } }, changes);

export const READ_ONLY = { read_only: true };
export const SHAREABLE = { shareable: true };
export const CDROM = { device: "cdrom" };
