/**
 * What the schema double answers. It knows the schema and nothing else: every value is accepted, a plan is the
 * proposal with its computed attributes unknown, and an apply makes them up.
 */
import { type RecordedSchema, type Schema, toMessage } from "./schema";
import { fromWire, invent, isUnknown, mapAttributes, type Path, toWire, UNKNOWN, type Value } from "./values";

interface WireValue {
  msgpack: Uint8Array;
}

/** A request holds those fields that tfplugin6.proto states for its call. */
export interface Request {
  typeName: string;
  config: WireValue;
  rawState: { json: Uint8Array };
  currentState: WireValue;
  priorState: WireValue;
  proposedNewState: WireValue;
  plannedState: WireValue;
}

export type Handlers = Record<string, (request: Request) => object>;

export function handlers(recorded: RecordedSchema): Handlers {
  const resource = ({ typeName }: Request) => attributesOf(recorded.resource_schemas, typeName);
  const dataSource = ({ typeName }: Request) => attributesOf(recorded.data_source_schemas, typeName);

  return {
    GetProviderSchema: () => toMessage(recorded),

    ValidateProviderConfig: () => ({}),
    ValidateResourceConfig: (request) => ({ diagnostics: readOnlyFaults(resource(request), request) }),
    ValidateDataResourceConfig: (request) => ({ diagnostics: readOnlyFaults(dataSource(request), request) }),

    ConfigureProvider: () => ({}),
    StopProvider: () => ({}),

    UpgradeResourceState: ({ rawState }) => ({ state: { json: rawState.json } }),
    ReadResource: ({ currentState }) => ({ state: currentState }),
    PlanResourceChange: (request) => {
      if (fromWire(request.priorState.msgpack) !== null) return { state: request.proposedNewState };
      return state(
        mapAttributes(resource(request), fromWire(request.proposedNewState.msgpack), ({ computed }, value) =>
          computed && value === null ? UNKNOWN : value,
        ),
      );
    },
    ApplyResourceChange: (request) =>
      state(
        mapAttributes(resource(request), fromWire(request.plannedState.msgpack), (attribute, value, path) =>
          isUnknown(value) ? invent(attribute, name(request, path)) : value,
        ),
      ),
    ReadDataSource: (request) =>
      state(
        mapAttributes(dataSource(request), fromWire(request.config.msgpack), (attribute, value, path) =>
          attribute.computed && value === null ? invent(attribute, name(request, path)) : value,
        ),
      ),
  };
}

function attributesOf(schemas: Record<string, Schema>, typeName: string) {
  return schemas[typeName]?.block.attributes ?? {};
}

const state = (value: Value) => ({ state: { msgpack: toWire(value) } });
const name = ({ typeName }: Request, path: Path) => [typeName, ...path].join(".");

/** Terraform's core leaves this one check of the schema to the provider, whose framework refuses in these words. */
function readOnlyFaults(attributes: Schema["block"]["attributes"], { config }: Request): object[] {
  const faults: object[] = [];
  mapAttributes(attributes ?? {}, fromWire(config.msgpack), (attribute, value, path) => {
    if (attribute.computed && !attribute.optional && value !== null) {
      faults.push({
        severity: "ERROR",
        summary: "Invalid Configuration for Read-Only Attribute",
        detail: `${path.join(".")} is computed by the provider. Remove it from the configuration.`,
        attribute: {
          steps: path.map((step) =>
            typeof step === "string" ? { attributeName: step } : { elementKeyInt: step },
          ),
        },
      });
    }
    return value;
  });
  return faults;
}
