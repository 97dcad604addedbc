/**
 * The schema double: a process that Terraform starts in place of the provider. It serves the recorded schema over
 * plugin protocol 6, so that Terraform's own core checks a configuration against the true schema with no host and
 * no provider. It is test equipment: it manages nothing.
 */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type handleUnaryCall,
  Server,
  ServerCredentials,
  type ServiceDefinition,
  type UntypedServiceImplementation,
} from "@grpc/grpc-js";
import { loadSync } from "@grpc/proto-loader";
import { selfSigned } from "./certificate";
import { type Handlers, handlers, type Request } from "./handlers";
import { parseRecording } from "./schema";

/** Terraform sets it for the plugins that it starts, so that one says something sensible to a person who does. */
const MAGIC_COOKIE = "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2";

if (process.env.TF_PLUGIN_MAGIC_COOKIE !== MAGIC_COOKIE) {
  console.error("This is a test double of a Terraform provider; only Terraform can start it.");
  process.exit(1);
}

const service = loadSync(join(__dirname, "tfplugin6.proto"), { defaults: true, longs: Number })[
  "tfplugin6.Provider"
] as ServiceDefinition;
const schema = parseRecording(readFileSync(join(__dirname, "schema.json"), "utf8"));
const folder = mkdtempSync(join(tmpdir(), "schema-double-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));

const server = new Server({ "grpc.max_receive_message_length": -1 });
server.addService(service, implementation(handlers(schema)));
server.addService(controller(), {
  Shutdown: (_call: unknown, reply: (error: null, response: object) => void) => {
    reply(null, {});
    setImmediate(() => process.exit(0));
  },
});

// Ctrl-C reaches the whole process group: Terraform ends first and says when.
process.on("SIGINT", () => {});
// And a Terraform that is killed says nothing.
const parent = process.ppid;
setInterval(() => process.ppid === parent || process.exit(1), 1000).unref();

const { credentials, certificate } = security(process.env.PLUGIN_CLIENT_CERT);
const socket = join(folder, "socket");
server.bindAsync(`unix:${socket}`, credentials, (error) => {
  if (error) throw error;
  // The handshake: its own version, the plugin protocol, where to call, how, and whom to expect there.
  console.log(["1", "6", "unix", socket, "grpc", certificate].join("|"));
});

/** Mutual TLS if Terraform sent its certificate; it sends none where a user has switched TLS off. */
function security(clientCertificate: string | undefined) {
  if (!clientCertificate) return { credentials: ServerCredentials.createInsecure(), certificate: "" };
  const own = selfSigned();
  return {
    credentials: ServerCredentials.createSsl(
      Buffer.from(clientCertificate),
      [{ private_key: own.keyPem, cert_chain: own.certificatePem }],
      true,
    ),
    certificate: own.certificate.toString("base64").replace(/=+$/, ""),
  };
}

function implementation(answers: Handlers): UntypedServiceImplementation {
  const methods = Object.entries(answers).map(([method, answer]) => {
    const handle: handleUnaryCall<Request, object> = ({ request }, reply) => {
      try {
        reply(null, answer(request));
      } catch (error) {
        reply(error as Error);
      }
    };
    return [method, handle];
  });
  return Object.fromEntries(methods);
}

/** The service by which Terraform ends a plugin. Its messages are empty. */
function controller(): ServiceDefinition {
  const serialize = () => Buffer.alloc(0);
  const deserialize = () => ({});
  return {
    Shutdown: {
      path: "/plugin.GRPCController/Shutdown",
      requestStream: false,
      responseStream: false,
      requestSerialize: serialize,
      requestDeserialize: deserialize,
      responseSerialize: serialize,
      responseDeserialize: deserialize,
    },
  };
}
