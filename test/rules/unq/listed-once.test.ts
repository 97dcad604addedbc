import { listedOnce } from "../../../lib/rules/unq/listed-once";
import { RuleTester } from "../../../lib/testing";

const events = (...names: unknown[]) => ({
  name: "web",
  perf: { events: names.map((name) => ({ name, enabled: "yes" })) },
});

RuleTester.run(listedOnce, {
  fails: {
    "a perf event": {
      plan: (t) => t.kvm(events("cmt", "mbmt", "cmt")),
      message: '"web" lists perf event cmt twice, as 1. and 3. of perf.events.',
      at: "perf.events[2].name",
    },
    "block I/O": {
      plan: (t) =>
        t.kvm({ block_io_tune: { device: [{ path: "/dev/sda", weight: 1 }, { path: "/dev/sda" }] } }),
      message: "block I/O of /dev/sda twice",
      at: "blockIoTune.device[1].path",
    },
    "a cipher": (t) =>
      t.kvm({
        key_wrap: {
          ciphers: [
            { name: "aes", state: "on" },
            { name: "aes", state: "off" },
          ],
        },
      }),
  },
  passes: {
    "each once": (t) => t.kvm(events("cmt", "mbmt")).kvm({ block_io_tune: { weight: 500 } }),
    "names of nothing": (t) => t.kvm({ block_io_tune: { device: [{ weight: 1 }, { weight: 2 }] } }),
  },
  undetermined: { "a late name": { plan: (t) => t.kvm(events("${var.event}")), reason: "perf.events.name" } },
});
