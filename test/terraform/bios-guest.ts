/** A BIOS guest with its pool, network and volumes, in the form that applies cleanly with provider 0.9.7. */

/** What Terraform replaces by the value of an attribute. */
export const reference = (to: string) => `\${${to}}`;

// biome-ignore lint/suspicious/noExplicitAny: tests reach in and spoil what they like
export function biosGuest(): any {
  return {
    terraform: { required_providers: { libvirt: { source: "dmacvicar/libvirt", version: "~> 0.9.7" } } },
    provider: { libvirt: { uri: "qemu:///system" } },
    resource: {
      libvirt_domain: { guest: domain() },
      libvirt_pool: { pool: { name: "pool", type: "dir", target: { path: "/var/lib/libvirt/images/pool" } } },
      libvirt_network: {
        network: {
          name: "network",
          autostart: true,
          forward: { mode: "nat" },
          bridge: { name: "virbr21" },
          ips: [
            {
              address: "10.91.21.1",
              prefix: 24,
              dhcp: { ranges: [{ start: "10.91.21.2", end: "10.91.21.100" }] },
            },
          ],
        },
      },
      libvirt_volume: {
        base: {
          ...volume("base.qcow2"),
          target: { format: { type: "qcow2" } },
          create: { content: { url: "/srv/images/base.qcow2" } },
        },
        root: {
          ...volume("root.qcow2"),
          capacity: 10737418240,
          target: { format: { type: "qcow2" } },
          backing_store: { path: reference("libvirt_volume.base.path"), format: { type: "qcow2" } },
        },
        seed: {
          ...volume("seed.iso"),
          create: { content: { url: reference("libvirt_cloudinit_disk.seed.path") } },
        },
      },
      libvirt_cloudinit_disk: {
        seed: { name: "seed", user_data: "#cloud-config\n{}\n", meta_data: "instance-id: guest\n" },
      },
    },
  };
}

const volume = (name: string) => ({ name, pool: reference("libvirt_pool.pool.name") });

const disk = (id: string) => ({
  source: {
    volume: { pool: reference("libvirt_pool.pool.name"), volume: reference(`libvirt_volume.${id}.name`) },
  },
});

function domain() {
  return {
    name: "guest",
    type: "qemu",
    memory: 128,
    memory_unit: "MiB",
    vcpu: 1,
    running: true,
    autostart: true,
    cpu: { mode: "host-model" },
    os: { type: "hvm", type_arch: "x86_64", type_machine: "q35" },
    features: { acpi: true, apic: {} },
    on_poweroff: "destroy",
    on_reboot: "restart",
    on_crash: "restart",
    update: { shutdown: { timeout: 5 } },
    destroy: { graceful: true },
    devices: {
      disks: [
        { ...disk("root"), target: { dev: "vda", bus: "virtio" }, driver: { name: "qemu", type: "qcow2" } },
        {
          ...disk("seed"),
          device: "cdrom",
          read_only: true,
          target: { dev: "sda", bus: "sata" },
          driver: { name: "qemu", type: "raw" },
        },
      ],
      interfaces: [
        {
          mac: { address: "52:54:00:aa:bb:c9" },
          model: { type: "virtio" },
          source: { network: { network: reference("libvirt_network.network.name") } },
        },
      ],
      serials: [{ target: { port: 0 } }],
      consoles: [{ target: { type: "serial", port: 0 } }],
      rngs: [{ model: "virtio", backend: { random: "/dev/urandom" } }],
      channels: [
        { source: { unix: { mode: "bind" } }, target: { virt_io: { name: "org.qemu.guest_agent.0" } } },
      ],
      graphics: [{ vnc: { auto_port: true, listen: "127.0.0.1" } }],
      videos: [{ model: { type: "virtio", heads: 1, primary: "yes" } }],
      mem_balloon: { model: "virtio" },
    },
  };
}
