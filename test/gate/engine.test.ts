import path from "node:path";
import { App } from "cdktf";
import { Connection, isVirtConstructsError, KvmHost } from "../../lib";
import { emptyFolder } from "./fleet";

/** The tests of this folder run twice: bound to cdktf, and bound to its fork. */
declare const ENGINE: "cdktf" | "cdktn";

type Engine = typeof import("cdktf");
interface Rtti {
  readonly fqn: string;
  readonly version: string;
}
const rttiOf = (app: typeof App): Rtti => (app as unknown as Record<symbol, Rtti>)[Symbol.for("jsii.rtti")]!;

const theirs = ENGINE === "cdktf" ? "cdktn" : "cdktf";

test(`these tests run with ${ENGINE}`, () => {
  expect(rttiOf(App).fqn).toBe(`${ENGINE}.App`);
});

test(`an app of ${theirs} is refused when this package is bound to ${ENGINE}, with the fix`, () => {
  // By its path, since its name may lead to the other one.
  const other = require(path.resolve(__dirname, "../../node_modules", theirs)) as Engine;
  const stack = new other.TerraformStack(new other.App({ outdir: emptyFolder() }), "fleet");
  const [mine, foreign] = [rttiOf(App).version, rttiOf(other.App).version];
  const alias = theirs === "cdktf" ? foreign : `npm:cdktn@${foreign}`;
  try {
    new KvmHost(stack, "kvm1", { connection: Connection.local() });
    throw new Error("the other engine was accepted");
  } catch (error) {
    if (!isVirtConstructsError(error)) throw error;
    expect(error.message).toBe(
      `stack "fleet" is made by ${theirs} ${foreign}, but virt-constructs is bound to ${ENGINE} ${mine}\n` +
        `fix: in package.json write "cdktf": "${alias}" under dependencies and run npm install again`,
    );
    expect(error.stack).toMatch(/^VirtConstructsError: .*\n.* \(.*engine\.test\.ts:\d+\)$/);
  }
});
