/** A host's URI as virsh takes it: the transport sshcmd is the provider's own. */
export function virshUri(uri: string | undefined): string | undefined {
  return uri?.replace(/^([a-z]+)\+sshcmd:/i, "$1+ssh:");
}

/** The host as ssh takes it, `user@kvm1:2222`; undefined for the machine that this runs on. */
export function sshOf(uri: string | undefined): string | undefined {
  const [, user = "", host] = /^[a-z]+(?:\+[a-z0-9]+)?:\/\/([^@/?#]*@)?([^/?#]+)/i.exec(uri ?? "") ?? [];
  if (host === undefined) return undefined;
  // The port is one of ssh only where the connection is.
  return user + (/^[a-z]+\+(ssh|sshcmd)/i.test(uri!) ? host : host.replace(/:\d+$/, ""));
}
