import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, TerraformProvider, TerraformResource, TerraformStack } from "cdktf";
import { fleet, HOSTS } from "./fleet";

/**
 * `npm run bench`: what construct + all rules + synth of a fleet costs, as a multiple of what the engine alone takes
 * for the same resources with the same JSON. Both alternate in one process; the median of the ratios is printed.
 */

const ROUNDS = 5;
const sizes = process.argv.slice(2).map(Number).filter(Number.isInteger);

type Json = Record<string, unknown>;
type Resources = Record<string, Record<string, Json>>;

class PlainResource extends TerraformResource {
  constructor(
    scope: TerraformStack,
    id: string,
    type: string,
    private readonly attributes: Json,
    meta: { readonly provider?: TerraformProvider; readonly lifecycle?: TerraformResource["lifecycle"] },
  ) {
    super(scope, id, { terraformResourceType: type, ...meta });
  }

  protected override synthesizeAttributes(): Json {
    return this.attributes;
  }
}

class PlainProvider extends TerraformProvider {
  constructor(
    scope: TerraformStack,
    id: string,
    private readonly attributes: Json,
  ) {
    super(scope, id, {
      terraformResourceType: "libvirt",
      terraformGeneratorMetadata: { providerName: "libvirt", providerVersionConstraint: "~> 0.9.7" },
      terraformProviderSource: "dmacvicar/libvirt",
    });
  }

  override get alias(): string {
    return String(this.attributes.alias);
  }

  protected override synthesizeAttributes(): Json {
    return this.attributes;
  }
}

/** The same resources without this library. */
function plain(stack: TerraformStack, providers: readonly Json[], resources: Resources): void {
  const byFqn = new Map(
    providers.map((provider) => {
      const { alias } = provider;
      return [`libvirt.${alias}`, new PlainProvider(stack, `provider-${alias}`, provider)] as const;
    }),
  );
  for (const [type, byName] of Object.entries(resources)) {
    for (const [name, { provider, lifecycle, ...attributes }] of Object.entries(byName)) {
      // The engine's own arguments go the engine's own way, as in any program.
      const triggers = (lifecycle as { replace_triggered_by?: string[] } | undefined)?.replace_triggered_by;
      new PlainResource(stack, `${type}-${name}`, type, attributes, {
        provider: byFqn.get(provider as `libvirt.${string}`),
        lifecycle: triggers && { replaceTriggeredBy: triggers },
      });
    }
  }
}

/** Construct and synth in milliseconds of CPU time, which a busy machine changes little, and the JSON written. */
function measure(build: (stack: TerraformStack) => void): { time: number; json: string } {
  const outdir = mkdtempSync(join(tmpdir(), "virt-constructs-bench-"));
  global.gc?.();
  const start = process.cpuUsage();
  const app = new App({ outdir });
  build(new TerraformStack(app, "fleet"));
  app.synth();
  const { user, system } = process.cpuUsage(start);
  const time = (user + system) / 1000;
  const [stack] = readdirSync(join(outdir, "stacks"));
  const json = readFileSync(join(outdir, "stacks", stack!, "cdk.tf.json"), "utf8");
  rmSync(outdir, { recursive: true });
  return { time, json };
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
}

function compare(guests: number): void {
  const { json } = measure((stack) => fleet(stack, guests));
  const { provider, resource } = JSON.parse(json, (key, value) => (key === "//" ? undefined : value));
  const count = Object.values(resource as Resources).reduce((sum, each) => sum + Object.keys(each).length, 0);
  const ours: number[] = [];
  const engine: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    engine.push(measure((stack) => plain(stack, provider.libvirt, resource)).time);
    ours.push(measure((stack) => fleet(stack, guests)).time);
  }
  const ratio = median(ours.map((time, round) => time / engine[round]!));
  process.stdout.write(
    `${guests} guests on ${HOSTS} hosts, ${count} resources, ${(json.length / 1e6).toFixed(1)} MB: ` +
      `virt-constructs ${median(ours).toFixed(0)} ms, plain resources ${median(engine).toFixed(0)} ms, ratio ${ratio.toFixed(2)}\n`,
  );
}

// The report is not part of the work.
process.stderr.write = () => true;
for (const guests of sizes.length > 0 ? sizes : [1000]) compare(guests);
