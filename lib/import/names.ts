/** What no variable of a program may be called. */
const RESERVED = new Set(
  (
    "abstract any arguments as async await boolean break case catch class const constructor continue debugger declare " +
    "default delete do else enum eval export extends false finally for from function get if implements import in " +
    "infer instanceof interface is keyof let module namespace never new null number object of package private " +
    "protected public readonly require return set static string super switch symbol this throw true try type typeof " +
    "undefined unique unknown var void while with yield exports process global globalThis console adopt app stack"
  ).split(" "),
);

/** Gives out names, each once. */
export class Names {
  private readonly taken: Set<string>;

  /** @param taken names that are given already */
  constructor(taken: Iterable<string> = []) {
    this.taken = new Set(taken);
  }

  /** A variable named after a text: `web01` of `web-01`. */
  variable(text: string, kind: string): string {
    const words = text.split(/[^A-Za-z0-9]+/).filter((word) => word !== "");
    const camel = words.map((word, index) => (index === 0 ? lowerFirst(word) : upperFirst(word))).join("");
    const base = /^[A-Za-z]/.test(camel) ? camel : kind + upperFirst(camel);
    const taken = (name: string) => RESERVED.has(name) || this.taken.has(name);
    return this.take(base, base + upperFirst(kind), taken, (name) => name);
  }

  /**
   * A construct's id named after a text. The engine makes addresses of ids without the characters between their
   * words, and takes two that are alike for one.
   */
  id(text: string, kind: string): string {
    const plain = text.replace(/[^\w.-]+/g, "-").replace(/^[-.]+|[-.]+$/g, "");
    const base = /^[A-Za-z]/.test(plain) ? plain : `${kind}${plain === "" ? "" : "-"}${plain}`;
    // The engine leaves two out of an address, and looks for ids in an object that has members of its own.
    const unusable = (id: string) => /^(default|resource)$/i.test(id) || id in Object.prototype;
    const taken = (id: string) => unusable(id) || this.taken.has(addressOf(id));
    return this.take(base, `${base}-${kind}`, taken, addressOf);
  }

  private take(
    base: string,
    other: string,
    taken: (name: string) => boolean,
    keyOf: (name: string) => string,
  ): string {
    let name = taken(base) ? other : base;
    for (let number = 2; taken(name); number++) name = `${other}${number}`;
    this.taken.add(keyOf(name));
    return name;
  }
}

const addressOf = (id: string) => id.replace(/[^A-Za-z0-9]/g, "").toLowerCase();
const upperFirst = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);
const lowerFirst = (word: string) =>
  /^[A-Z0-9]+$/.test(word) ? word.toLowerCase() : word.charAt(0).toLowerCase() + word.slice(1);
