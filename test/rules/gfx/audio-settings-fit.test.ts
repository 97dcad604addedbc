import { audioSettingsFit } from "../../../lib/rules/gfx/audio-settings-fit";
import { RuleTester } from "../../../lib/testing";

const guest = (devices: object) => ({ name: "web", devices });
const pulse = (input: object) => guest({ audios: [{ id: 1, pulse_audio: { input } }] });

RuleTester.run(audioSettingsFit, {
  fails: {
    "a sound card without its device": {
      plan: (t) =>
        t.kvm(
          guest({
            audios: [
              { id: 1, none: {} },
              { id: 3, none: {} },
            ],
            sounds: [{ model: "ich9", audio: { id: 2 } }],
          }),
        ),
      message: 'Sound card 1 (ich9) of "web" plays on audio device 2; the guest has 1 or 3 alone.',
      fix: "use 1 or 3, or add an audio device with id 2 to devices.audios",
      at: "devices.sounds[0].audio.id",
    },
    "VNC, in a guest that gets device 1": {
      plan: (t) => t.kvm(guest({ graphics: [{ vnc: {}, audio: { id: 2 } }] })),
      message: 'VNC of "web" plays on audio device 2; the guest has 1 alone.',
      at: "devices.graphics[0].audio.id",
    },
    "no number": {
      plan: (t) => t.kvm(guest({ audios: [{ none: {} }, { id: 0, none: {} }] })),
      count: 2,
      message: /has no id; ids are from 1 on[\s\S]*has id 0/,
    },
    "settings that are not fixed": {
      plan: (t) => t.kvm(pulse({ settings: { frequency: 44100 } })),
      message: 'The input of audio device 1 of "web" has settings that are not fixed.',
      at: "devices.audios[0].pulseAudio.input.fixedSettings",
    },
    "fixed settings without an engine": {
      plan: (t) => t.kvm(pulse({ fixed_settings: "yes", settings: { frequency: 44100 } })),
      message: "has fixed settings and no mixing engine",
    },
    "a card that QEMU does not have": {
      plan: (t) => t.kvm(guest({ sounds: [{ model: "ich7" }] })),
      message: "is of model ich7, which QEMU does not have",
    },
  },
  passes: {
    "a card and its device": (t) =>
      t.kvm(
        guest({
          audios: [{ id: 2, none: {} }],
          sounds: [{ model: "ich9", audio: { id: 2 } }, { model: "ich6" }],
        }),
      ),
    "device 1, which libvirt adds": (t) =>
      t.kvm(
        guest({ sounds: [{ model: "ich9", audio: { id: 1 } }], graphics: [{ dbus: {}, audio: { id: 7 } }] }),
      ),
    "fixed settings": (t) =>
      t.kvm(pulse({ fixed_settings: "yes", mixing_engine: "yes", settings: { frequency: 44100 } })),
  },
  undetermined: {
    "a late id": {
      plan: (t) => t.kvm(guest({ sounds: [{ model: "ich9", audio: { id: "${var.id}" } }] })),
      reason: "the id of an audio device is known only at apply",
    },
    "a late engine": (t) => t.kvm(pulse({ fixed_settings: "yes", mixing_engine: "${var.engine}" })),
    "a late device": (t) => t.kvm(guest({ audios: ["${var.audio}"] })),
  },
});
