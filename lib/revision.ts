import { createHash } from "node:crypto";
import type { Construct } from "constructs";
import { type IResolvable, type IResolveContext, TerraformResource, Tokenization } from "./engine";
import { ATTRIBUTES } from "./plan/construct-reader";
import { isLate } from "./plan/late";
import { resolveAsIs } from "./provider/literal";
import { addressOf } from "./reference";

/** Attributes of a resource that are Terraform's and not the provider's. */
const META_ARGUMENTS = new Set([
  "//",
  "lifecycle",
  "provider",
  "depends_on",
  "provisioner",
  "connection",
  "count",
  "for_each",
]);

/** What a resource is made anew for. */
export interface RevisionOptions {
  /** Whose configuration counts. @default - the resource's own */
  readonly of?: TerraformResource;
  /** Which attributes of it count, by their names in Terraform. @default - all */
  readonly attribute?: (name: string) => boolean;
}

/**
 * Makes Terraform replace a resource whenever its configuration changes, and whenever something that it refers to
 * is replaced. The provider has no way to change a running domain, a network or a volume that ends well.
 *
 * @returns the resource that stands for the configuration, and is replaced first
 */
export function replaceOnChange(
  scope: Construct,
  id: string,
  resource: TerraformResource,
  options: RevisionOptions = {},
): TerraformResource {
  const { of = resource, attribute = () => true } = options;
  const revision = new Revision(scope, id, new Triggers(of, attribute));
  // The engine makes an interpolation of the resource itself.
  resource.lifecycle = { ...resource.lifecycle, replaceTriggeredBy: [addressOf(revision)] };
  return revision;
}

/** Stands in Terraform's state for the configuration of a resource. */
class Revision extends TerraformResource {
  constructor(
    scope: Construct,
    id: string,
    private readonly triggers: Triggers,
  ) {
    super(scope, id, { terraformResourceType: "terraform_data" });
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    return { triggers_replace: this.triggers };
  }

  protected override synthesizeHclAttributes(): Record<string, unknown> {
    return {
      triggers_replace: {
        value: this.triggers,
        isBlock: false,
        type: "list",
        storageClassType: "stringList",
      },
    };
  }
}

class Triggers implements IResolvable {
  readonly creationStack = [];
  private last?: Rendered;

  constructor(
    private readonly resource: TerraformResource,
    private readonly counts: (attribute: string) => boolean,
  ) {}

  /** The engine asks several times in one synth; only a configuration that changed since is looked at again. */
  resolve(context: IResolveContext): readonly string[] | undefined {
    const attributes = this.attributes();
    if (this.last?.attributes === attributes && !this.last.computed)
      return resolveAsIs(this.last.triggers, context);
    const counted = Object.entries(attributes).filter(
      ([name]) => !META_ARGUMENTS.has(name) && this.counts(name),
    );
    this.last = { attributes, ...rendered(inOrder(Object.fromEntries(counted)), context) };
    return this.last.triggers;
  }

  /** The same object as long as nothing changed, unless overrides make the engine render the resource anew. */
  private attributes(): object {
    const { rawOverrides } = this.resource as unknown as { rawOverrides: object };
    const own = (this.resource as { [ATTRIBUTES]?: () => object })[ATTRIBUTES]?.();
    if (own !== undefined && Object.keys(rawOverrides).length === 0) return own;
    const whole = this.resource.toTerraform() as { resource?: Record<string, Record<string, object>> };
    return Object.values(whole.resource?.[this.resource.terraformResourceType] ?? {})[0] ?? {};
  }
}

/** With keys in one order, whatever was set first. */
function inOrder<T>(value: T): T {
  if (Array.isArray(value)) return value.map(inOrder) as T;
  if (typeof value !== "object" || value === null || Object.getPrototypeOf(value) !== Object.prototype)
    return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, each]) => [key, inOrder(each)])) as T;
}

interface Rendered {
  readonly attributes: object;
  readonly triggers: readonly string[];
  /** Holds a value that the engine computes, which could be another the next time. */
  readonly computed: boolean;
}

function rendered(configuration: object, context: IResolveContext): Omit<Rendered, "attributes"> {
  let computed = false;
  const raw = JSON.stringify(configuration);
  // Text by text: within an expression the engine writes a reference without braces of its own.
  const text = !raw.includes(MARKER)
    ? raw
    : raw.replace(STRING, (literal) => {
        if (!literal.includes(MARKER)) return literal;
        const given = JSON.parse(literal) as string;
        const { tokens } = Tokenization.reverseString(given);
        if (tokens.some((token) => !("identifier" in token))) computed = true;
        const value = context.resolve(given);
        if (typeof value === "string") return JSON.stringify(value);
        computed = true;
        return literal;
      });
  // Whatever is no reference in a text, the engine resolves as a whole, at ten times the price.
  if (!computed && !OTHER_TOKEN.test(text)) return { triggers: triggersOf(text), computed };
  return { triggers: triggersOf(JSON.stringify(context.resolve(configuration))), computed: true };
}

const MARKER = "${TfToken[";
/** An encoded list or number, or an object that the engine resolves, which says so of itself in JSON. */
const OTHER_TOKEN = /TfToken\[|"creationStack"|"<unresolved-|e\+2\d\d|e\+30\d/;
const STRING = /"(?:[^"\\]|\\.)*"/g;
const EXPRESSION = /(?<!\$)\$\{[^}]*\}/g;
const RESOURCE = /(?<!data\.)\b(libvirt_[a-z_]+\.[\w-]+(?:\[[^\]]*\])?)\.[a-z_]+/g;
const IDENTITY = /^\$\{libvirt_[a-z_]+\.[\w-]+\.(?:name|path|id)\}$/;

/**
 * A hash of the configuration, and what only Terraform knows of it: values, and the ids of the resources that it
 * refers to. An id is new when its resource was replaced, even where its name stays.
 */
function triggersOf(configuration: string): string[] {
  const triggers = new Set<string>();
  for (const text of textsWithExpressions(configuration)) {
    if (!isLate(text)) continue;
    for (const [expression] of text.matchAll(EXPRESSION)) {
      for (const [, address] of expression.matchAll(RESOURCE)) triggers.add(`\${${address}.id}`);
    }
    if (!IDENTITY.test(text)) triggers.add(text);
  }
  return [createHash("sha256").update(configuration).digest("hex"), ...triggers];
}

/** The texts of a JSON document that hold an expression. Found from the expressions, as most texts hold none. */
function* textsWithExpressions(json: string): Iterable<string> {
  for (let at = json.indexOf("${"); at >= 0; ) {
    const start = quote(json, at, -1);
    const end = quote(json, at, 1);
    yield JSON.parse(json.slice(start, end + 1)) as string;
    at = json.indexOf("${", end);
  }
}

/** The next quote that begins or ends a text: one that an even number of backslashes precedes. */
function quote(json: string, from: number, step: 1 | -1): number {
  for (let at = from; ; at += step) {
    if (json[at] !== '"') continue;
    let backslashes = 0;
    while (json[at - 1 - backslashes] === "\\") backslashes++;
    if (backslashes % 2 === 0) return at;
  }
}
