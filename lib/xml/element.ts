/** An element of a parsed document. Names are as written; {@link local} and {@link namespace} resolve a prefix. */
export class XmlElement {
  readonly children: XmlElement[] = [];
  /** Character data directly inside, references decoded, pieces between children joined. */
  text = "";
  /** Where the content begins and ends in {@link XmlElement.source}. */
  contentStart = 0;
  contentEnd = 0;
  /** Where the element ends. */
  end = 0;

  constructor(
    readonly name: string,
    readonly attributes: ReadonlyMap<string, string>,
    /** The namespace of this element; undefined when it has none. */
    readonly namespace: string | undefined,
    private readonly start: number,
    private readonly source: string,
  ) {}

  /** The name without prefix. */
  get local(): string {
    return this.name.slice(this.name.indexOf(":") + 1);
  }

  /** The line of the start tag, from 1. */
  get line(): number {
    return lineOf(this.source, this.start);
  }

  /** The element as it stands in the document. */
  get outer(): string {
    return this.source.slice(this.start, this.end);
  }

  /** The content as it stands in the document. */
  get inner(): string {
    return this.source.slice(this.contentStart, this.contentEnd);
  }
}

/** The line of an offset, from 1: counted only for messages. */
export function lineOf(source: string, offset: number): number {
  let line = 1;
  for (let at = source.indexOf("\n"); at !== -1 && at < offset; at = source.indexOf("\n", at + 1)) line++;
  return line;
}
