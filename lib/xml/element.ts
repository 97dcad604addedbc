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
    private readonly source: XmlText,
  ) {}

  /** The name without prefix. */
  get local(): string {
    return this.name.slice(this.name.indexOf(":") + 1);
  }

  /** The line of the start tag, from 1. */
  get line(): number {
    return this.source.lineAt(this.start);
  }

  /** The element as it stands in the document. */
  get outer(): string {
    return this.source.text.slice(this.start, this.end);
  }

  /** The content as it stands in the document. */
  get inner(): string {
    return this.source.text.slice(this.contentStart, this.contentEnd);
  }
}

/** The text of a document, in which lines are counted once somebody asks for one. */
export class XmlText {
  private ends: readonly number[] | undefined;

  constructor(readonly text: string) {}

  /** The line of an offset, from 1. */
  lineAt(offset: number): number {
    this.ends ??= this.lineEnds();
    let low = 0;
    let high = this.ends.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.ends[middle]! < offset) low = middle + 1;
      else high = middle;
    }
    return low + 1;
  }

  private lineEnds(): number[] {
    const ends: number[] = [];
    for (let at = this.text.indexOf("\n"); at !== -1; at = this.text.indexOf("\n", at + 1)) ends.push(at);
    return ends;
  }
}
