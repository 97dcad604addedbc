import type { PlanGuest } from "../../plan/guest";
import { isLate, type Late, type Planned } from "../../plan/late";
import type { DomainDevicesAudios } from "../../provider/domain";
import { defineRule, fail, having, type Outcome, pass, qemuGuests, undetermined } from "../../rule";
import { anyOf } from "../hyp/offers";

type Audio = Planned<DomainDevicesAudios>;

/** The kinds of audio on the host that take and give sound. */
const KINDS = [
  "alsa",
  "coreAudio",
  "dbus",
  "file",
  "jack",
  "none",
  "oss",
  "pipeWire",
  "pulseAudio",
  "sdl",
  "spice",
] as const;

/** Where a guest names no audio of the host libvirt adds one, with this number. */
const DEFAULT_ID = 1;

/** A sound card plays on an audio device of the host. */
export const audioSettingsFit = defineRule({
  code: "VIRT-GFX-084",
  slug: "audio-settings-fit",
  severity: "error",
  stage: "define",
  title: "A sound card must name an audio device that there is, and fixed settings need the mixing engine",
  why: "Sound cards and VNC name the audio device of the host by its id, from 1 on; a guest without one gets number 1. QEMU plays at a frequency and in a format of its own only if told so (fixedSettings), which its mixing engine does.",
  fix: "Name an id of devices.audios, and set mixingEngine and fixedSettings beside settings.",
  sources: [
    "libvirt domain_validate.c virDomainEnsureAudioID, virDomainAudioDefValidate; domain_conf.c virDomainAudioCommonParse, virDomainAudioDefParseXML; qemu_validate.c qemuValidateDomainDeviceDefSound",
    "tried: libvirt 9.0.0, define of a sound card and of vnc with audio id 2 and no such device: no audio device with ID 2; id 1 is defined without any; of settings without fixedSettings: audio settings specified without fixed settings flag; of fixedSettings without mixingEngine: fixed audio settings requires mixing engine; of audio without id or with 0: Missing required attribute 'id', Zero is not permitted; of sound ich7: sound card model 'ich7' is not supported by qemu",
  ],
  needs: ["guest"],
  on: having(qemuGuests, "devices.audios", "devices.sounds", "devices.graphics[].audio"),
  *check(guest): Iterable<Outcome> {
    const audios = guest.domain.devices?.audios ?? [];
    for (const [index, audio] of audios.entries())
      yield* checkAudio(guest, audio, `devices.audios[${index}]`);
    const ids = audios.length === 0 ? [DEFAULT_ID] : audios.map(({ id }) => id);
    for (const { at, id, what } of playing(guest)) {
      if (isLate(id) || ids.some(isLate))
        yield undetermined("the id of an audio device is known only at apply");
      else if (ids.includes(id)) yield pass;
      else {
        yield fail({
          at,
          message: `${what} of "${guest.label}" plays on audio device ${id}; the guest has ${anyOf(ids.map(String))} alone.`,
          fix: `use ${anyOf(ids.map(String))}, or add an audio device with id ${id} to devices.audios`,
        });
      }
    }
    for (const [index, { model }] of (guest.domain.devices?.sounds ?? []).entries()) {
      if (model !== "ich7") continue;
      yield fail({
        at: `devices.sounds[${index}].model`,
        message: `Sound card ${index + 1} of "${guest.label}" is of model ich7, which QEMU does not have.`,
        fix: 'use model "ich9", or "ich6"',
      });
    }
  },
  examples: {
    bad: (plan) => plan.kvm({ devices: { sounds: [{ model: "ich9", audio: { id: 2 } }] } }),
    good: (plan) => plan.kvm({ devices: { sounds: [{ model: "ich9", audio: { id: 1 } }] } }),
  },
});

interface Playing {
  readonly at: string;
  readonly id: number | Late;
  readonly what: string;
}

function* playing({ domain: { devices } }: PlanGuest): Iterable<Playing> {
  for (const [index, { audio, model }] of (devices?.sounds ?? []).entries()) {
    if (audio?.id !== undefined)
      yield {
        at: `devices.sounds[${index}].audio.id`,
        id: audio.id,
        what: `Sound card ${index + 1} (${model})`,
      };
  }
  for (const [index, { audio, vnc }] of (devices?.graphics ?? []).entries()) {
    if (audio?.id !== undefined && vnc && !isLate(vnc))
      yield { at: `devices.graphics[${index}].audio.id`, id: audio.id, what: "VNC" };
  }
}

function* checkAudio({ label }: PlanGuest, audio: Audio, at: string): Iterable<Outcome> {
  if (isLate(audio)) return yield undetermined("the audio devices of a guest are known only at apply");
  if (!audio.id) {
    yield fail({
      at: `${at}.id`,
      message: `An audio device of "${label}" has ${audio.id === undefined ? "no id" : "id 0"}; ids are from 1 on.`,
      fix: "set id to a number of its own, such as 1",
    });
  }
  const kind = KINDS.find((each) => audio[each] !== undefined);
  if (kind === undefined) return;
  for (const way of ["input", "output"] as const) {
    const channel = audio[kind]?.[way];
    if (channel === undefined) continue;
    const { fixedSettings, mixingEngine, settings } = channel;
    if (isLate(channel) || isLate(fixedSettings) || isLate(mixingEngine)) {
      yield undetermined("the settings of an audio device are known only at apply");
    } else if (fixedSettings === "yes" && mixingEngine !== "yes") {
      yield fail({
        at: `${at}.${kind}.${way}.mixingEngine`,
        message: `The ${way} of audio device ${audio.id} of "${label}" has fixed settings and no mixing engine, which would bring them about.`,
        fix: 'set mixingEngine to "yes", or remove fixedSettings',
      });
    } else if (settings !== undefined && fixedSettings !== "yes") {
      yield fail({
        at: `${at}.${kind}.${way}.fixedSettings`,
        message: `The ${way} of audio device ${audio.id} of "${label}" has settings that are not fixed.`,
        fix: 'set fixedSettings and mixingEngine to "yes", or remove settings',
      });
    } else yield pass;
  }
}
