/**
 * A self-signed certificate for "localhost". Terraform speaks to a provider over mutual TLS, and Node.js can sign
 * a certificate but not make one, so its few ASN.1 fields are written here.
 */
import { generateKeyPairSync, sign } from "node:crypto";

const der = (tag: number, ...content: (Buffer | string)[]): Buffer => {
  const body = Buffer.concat(
    content.map((part) => (typeof part === "string" ? Buffer.from(part, "latin1") : part)),
  );
  return Buffer.concat([Buffer.from([tag, ...lengthOctets(body.length)]), body]);
};
/** DER wants the shortest form. Nothing here is longer than 64 KiB. */
const lengthOctets = (length: number): number[] =>
  length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
const sequence = (...content: Buffer[]) => der(0x30, ...content);
const integer = (value: number) => der(0x02, Buffer.from([value]));
const oid = (hex: string) => der(0x06, Buffer.from(hex, "hex"));
const octets = (content: Buffer) => der(0x04, content);
const bits = (content: Buffer) => der(0x03, Buffer.from([0]), content);

export function selfSigned(): { certificate: Buffer; certificatePem: Buffer; keyPem: Buffer } {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const ecdsaWithSha256 = sequence(oid("2a8648ce3d040302"));
  const anonymous = sequence();
  const subjectAltName = sequence(oid("551d11"), octets(sequence(der(0x82, "localhost"))));
  const body = sequence(
    der(0xa0, integer(2)), // version 3
    integer(1),
    ecdsaWithSha256,
    anonymous,
    sequence(der(0x17, "000101000000Z"), der(0x18, "99991231235959Z")), // it lives as long as its process
    anonymous,
    publicKey.export({ type: "spki", format: "der" }),
    der(0xa3, sequence(subjectAltName)),
  );
  const certificate = sequence(body, ecdsaWithSha256, bits(sign("sha256", body, privateKey)));
  return {
    certificate,
    certificatePem: pem("CERTIFICATE", certificate),
    keyPem: Buffer.from(privateKey.export({ type: "pkcs8", format: "pem" })),
  };
}

function pem(label: string, content: Buffer): Buffer {
  const lines = content.toString("base64").match(/.{1,64}/g) ?? [];
  return Buffer.from([`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ""].join("\n"));
}
