import { portGroupsDistinct } from "../../../lib/rules/nwk/port-groups-distinct";
import { RuleTester } from "../../../lib/testing";

const groups = (...port_groups: object[]) => ({ port_groups });

RuleTester.run(portGroupsDistinct, {
  fails: {
    "two of one name": {
      plan: (t) => t.network("lan", groups({ name: "web" }, { name: "db" }, { name: "web" })),
      message: 'Port groups 1 and 3 of network "lan" are both named "web".',
      at: "portGroups[2].name",
    },
    "one without name": {
      plan: (t) => t.network("lan", groups({ name: "" })),
      message: 'Port group 1 of network "lan" has no name.',
    },
    "two defaults": {
      plan: (t) => t.network("lan", groups({ name: "a", default: "yes" }, { name: "b", default: "YES" })),
      message: 'Port groups 1 and 2 of network "lan" are both the default.',
      at: "portGroups[1].default",
    },
  },
  passes: {
    "two names": (t) => t.network("lan", groups({ name: "a", default: "yes" }, { name: "b", default: "no" })),
    "no port groups": (t) => t.network("lan"),
  },
  undetermined: {
    "a late name": {
      plan: (t) => t.network("lan", groups({ name: "${var.name}" }, { name: "a" })),
      reason: "a port group is known only at apply",
    },
  },
});
