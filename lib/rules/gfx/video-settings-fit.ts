import { isX86 } from "../../plan/arch";
import { isLate, type Planned } from "../../plan/late";
import type { DomainDevicesVideos } from "../../provider/domain";
import { defineRule, fail, type Outcome } from "../../rule";
import { checkSettings, type Devices, type Kind, settingSome, statedBy } from "../settings";

type Video = Planned<DomainDevicesVideos>;

/** No card at all has no settings, which libvirt forgets then. On a PC a card without a model is a cirrus, or a vga. */
const MODEL = statedBy<Video>("model", "model.type", ({ model }, { arch }) => {
  if (model?.type !== undefined) return model.type === "none" ? undefined : model.type;
  return isX86(arch) ? "cirrus" : undefined;
});
const DRIVER: Kind<Video> = {
  ...statedBy<Video>("driver", "driver.name", ({ driver }) => driver?.name ?? "qemu"),
  become: () => 'set driver.name to "vhostuser"',
};

const VIDEOS: Devices<Video> = {
  list: "devices.videos",
  of: ({ domain }) => domain.devices?.videos ?? [],
  label: ({ model }, index) => `Video card ${index}${model?.type ? ` (${model.type})` : ""}`,
  settings: [
    ...["model.ram", "model.vgaMem", "model.vram64"].map((attribute) => ({
      attribute,
      kind: MODEL,
      only: ["qxl"],
    })),
    {
      attribute: "model.resolution",
      kind: MODEL,
      only: ["virtio", "vga", "qxl", "bochs"],
      counts: ({ model }) => model?.type !== undefined,
    },
    {
      attribute: "model.accel.accel2D",
      values: ["yes"],
      never: "which QEMU does not have",
      counts: ({ model }) => model?.type !== "none",
    },
    {
      attribute: "model.accel.accel3D",
      values: ["yes"],
      kind: MODEL,
      only: ["virtio"],
      counts: ({ driver }) => driver?.name !== "vhostuser",
    },
    { attribute: "model.accel.renderNode", kind: DRIVER, only: ["vhostuser"] },
    { attribute: "driver.name", values: ["vhostuser"], kind: MODEL, only: ["virtio"] },
    ...["iommu", "ats", "packed", "pagePerVq"].map((setting) => ({
      attribute: `driver.${setting}`,
      kind: MODEL,
      only: ["virtio"],
    })),
  ],
};

const LEAST_KIB = 1024;

/** Each card has memory of its own kind, and few have more than that. */
export const videoSettingsFit = defineRule({
  code: "VIRT-GFX-081",
  slug: "video-settings-fit",
  severity: "error",
  stage: "define",
  title: "The settings of a video card must be those of its model",
  why: "Only qxl tells its kinds of memory apart, only virtio has 3D acceleration, a vhost-user process and options of virtio, and a resolution is told to virtio, vga, qxl and bochs. libvirt refuses these settings on other cards, memory of less than 1 MiB, and an acceleration or a resolution without values.",
  fix: "Remove the setting, or use a model that has it.",
  sources: [
    "libvirt domain_validate.c virDomainVideoDefValidate; qemu_validate.c qemuValidateDomainDeviceDefVideo; domain_conf.c virDomainVideoAccelDefParseXML",
    "tried: libvirt 9.0.0, define: ram, vram64, vgamem attribute only supported for video type qxl; model resolution is not supported (cirrus, vmvga, ramfb); qemu does not support the accel2d setting; 3d acceleration is supported only with 'virtio' video device; unsupported rendernode accel attribute without 'vhostuser'; 'vhostuser' driver is only supported with 'virtio' device; iommu, ats, packed, page_per_vq only for virtio devices; missing values for acceleration; resolution values must be greater than 0; 'vgamem' must be at least 1 MiB, and power of two; 'vram' of vga and vmvga must be at least 1 MiB; a card of model none is defined with all of them",
  ],
  needs: ["guest"],
  on: settingSome(VIDEOS, "model.vram", "model.accel"),
  *check(guest): Iterable<Outcome> {
    yield* checkSettings(guest, VIDEOS);
    for (const [index, video] of VIDEOS.of(guest).entries()) {
      const wrong = wrongValue(video);
      if (wrong === undefined) continue;
      yield fail({
        at: `devices.videos[${index}].model.${wrong.at}`,
        message: `${VIDEOS.label(video, index)} of "${guest.label}" ${wrong.what}.`,
        fix: wrong.fix,
      });
    }
  },
  examples: {
    bad: (plan) => plan.kvm({ devices: { videos: [{ model: { ...VGA, ram: 65536 } }] } }),
    good: (plan) => plan.kvm({ devices: { videos: [{ model: VGA }] } }),
  },
});

const VGA = { type: "vga", heads: 1, primary: "yes", vram: 16384 };

function wrongValue({ model }: Video): { at: string; what: string; fix: string } | undefined {
  if (model === undefined || isLate(model) || isLate(model.type) || model.type === "none") return undefined;
  const { accel, resolution, type } = model;
  if (accel && !isLate(accel) && !accel.accel2D && !accel.accel3D && !accel.renderNode) {
    return {
      at: "accel",
      what: "has an acceleration without values",
      fix: "set accel.accel3D, or remove accel",
    };
  }
  if (resolution && !isLate(resolution) && !(resolution.x && resolution.y)) {
    const what = `has a resolution of ${resolution.x ?? "no"} by ${resolution.y ?? "no"} dots`;
    return { at: "resolution", what, fix: "set x and y, such as 1920 and 1080" };
  }
  const memory = type === "qxl" ? "vgaMem" : type === "vga" || type === "vmvga" ? "vram" : undefined;
  const kib = memory && model[memory];
  if (!kib || isLate(kib)) return undefined;
  if (kib < LEAST_KIB) {
    const what = `has ${kib} KiB (${memory}); ${type} needs ${LEAST_KIB} at least`;
    return { at: memory, what, fix: `set ${memory} in KiB, such as 16384` };
  }
  if (memory === "vram" || Number.isInteger(Math.log2(kib))) return undefined;
  const next = 2 ** Math.ceil(Math.log2(kib));
  return {
    at: memory,
    what: `has ${kib} KiB (${memory}), which is no power of two`,
    fix: `set ${memory} to ${next}`,
  };
}
