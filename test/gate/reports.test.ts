import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { Gate, isVirtConstructsError, PlanRefused } from "../../lib";
import { badStack, domainOf, emptyFolder, goodStack, newApp, report, SPOILT, spoil } from "./fleet";

const variable = "VIRT_CONSTRUCTS_REPORT";
afterEach(() => {
  delete process.env[variable];
});

const json = (file: string) => JSON.parse(readFileSync(file, "utf8"));

it("writes reports before it refuses, and they are all that is on disk", () => {
  const app = newApp();
  badStack(app, "rack");
  const files = ["report.json", "virt.sarif", "junit.xml"].map((name) => path.join(app.outdir, name));
  Gate.of(app).reportTo(`json=${files[0]}`, `sarif=${files[1]}`, `junit=${files[2]}`);
  expect(() => app.synth()).toThrow(PlanRefused);
  expect(
    readdirSync(app.outdir, { recursive: true })
      .map(String)
      .filter((each) => each.includes(".")),
  ).toEqual(["junit.xml", "report.json", "virt.sarif"]);
  const { summary, findings } = json(files[0]!);
  expect(summary).toMatchObject({ errors: 1 });
  expect(findings[0]).toMatchObject({ code: SPOILT, outcome: "fail", constructPath: "rack/web" });
  expect(findings[0].source.file).toBe("test/gate/fleet.ts");
  expect(json(files[1]!).runs[0].tool.driver.rules).toHaveLength(summary.rules);
});

it("writes them for an accepted plan as well", () => {
  const app = newApp();
  goodStack(app, "rack");
  const file = path.join(emptyFolder(), "deep/report.json");
  Gate.of(app).reportTo(`json=${file}`);
  app.synth();
  expect(json(file).summary).toMatchObject({ errors: 0, warnings: 0 });
});

it("writes what the environment asks for", () => {
  const folder = emptyFolder();
  process.env[variable] = `json=${folder}/a.json, csv=${folder}/b.csv,`;
  const app = newApp();
  badStack(app, "rack");
  expect(() => app.synth()).toThrow(PlanRefused);
  expect(readdirSync(folder)).toEqual(["a.json", "b.csv"]);
});

it("says in every report that it is switched off", () => {
  const app = newApp();
  badStack(app, "rack");
  const file = path.join(emptyFolder(), "report.json");
  Gate.of(app).reportOnly().reportTo(`json=${file}`);
  app.synth();
  expect(json(file).notes).toEqual([expect.stringContaining("reportOnly")]);
  expect(report()).toContain("reportOnly");
});

it("writes them anew for every synth", () => {
  const app = newApp();
  const good = goodStack(app, "good");
  const file = path.join(emptyFolder(), "report.json");
  Gate.of(app).reportTo(`json=${file}`);
  app.synth();
  expect(json(file).summary.errors).toBe(0);
  spoil(domainOf(good));
  expect(() => app.synth()).toThrow(PlanRefused);
  expect(json(file).summary.errors).toBe(1);
});

describe("a report that cannot be written", () => {
  const asked = (build: (app: ReturnType<typeof newApp>) => void) => {
    const app = newApp();
    build(app);
    Gate.of(app).reportTo(`json=${emptyFolder()}`);
    return app;
  };

  it("does not keep the gate from refusing", () => {
    const app = asked((each) => badStack(each, "rack"));
    expect(() => app.synth()).toThrow(PlanRefused);
    expect(report()).toContain("report could not be written");
  });

  it("is an error before anything is written", () => {
    const app = asked((each) => goodStack(each, "rack"));
    expect(() => app.synth()).toThrow(/it is a folder; name a file in it/);
    expect(existsSync(path.join(app.outdir, "stacks/rack/cdk.tf.json"))).toBe(false);
  });
});

it("refuses a format that there is not, where it is asked for", () => {
  try {
    Gate.of(newApp()).reportTo("sarf=x");
    throw new Error("accepted");
  } catch (error) {
    expect(isVirtConstructsError(error)).toBe(true);
    expect((error as Error).message).toContain("did you mean sarif?");
  }
});
