import { readOnlyAttribute } from "../../../lib/rules/prv/read-only-attribute";
import { RuleTester } from "../../../lib/testing";

RuleTester.run(readOnlyAttribute, {
  fails: {
    "the uuid of a guest": {
      plan: (t) => t.kvm({ name: "web", uuid: "6695eb01-f6a4-8304-79aa-97f2502e193f" }),
      severity: "error",
      message:
        '"web": uuid is read-only: the provider sets it and Terraform refuses a configuration that does.',
      fix: "remove uuid",
      at: "uuid",
      places: ["web"],
    },
    "the path of a volume, at depth": {
      plan: (t) => t.volume("root", { target: { path: "/x" } }),
      at: "target.path",
      fix: "remove target.path",
    },
    "a value that is known only at apply": (t) => t.kvm({ uuid: "${random_uuid.x.result}" }),
    "each of several": { plan: (t) => t.kvm({ uuid: "x", id: 1 }), count: 2 },
  },
  passes: {
    "a guest without": (t) => t.kvm(),
    "a read-only attribute that is null": (t) =>
      t.resource("libvirt_pool", "p", { name: "p", type: "dir", id: null }),
    "the path of a pool, which may be set": (t) => t.pool("images", { target: { path: "/x" } }),
    "an unknown attribute: that is another rule's": (t) => t.kvm({ os: { kernel_args: "x" } }),
    "a value of a wrong type: that is another rule's": (t) => t.kvm({ memory: "much" }),
  },
});
