/** Places in a configuration, key by key: what is known of one stands in the node that its keys lead to. */
export interface PlaceNode<T> {
  readonly below: Map<string, PlaceNode<T>>;
  data?: T;
}

export function placeTree<T>(): PlaceNode<T> {
  return { below: new Map() };
}

/** The node of a place, which is made where there is none. */
export function nodeAt<T>(root: PlaceNode<T>, place: readonly string[]): PlaceNode<T> {
  let node = root;
  for (const key of place) {
    let next = node.below.get(key);
    if (next === undefined) {
      next = placeTree();
      node.below.set(key, next);
    }
    node = next;
  }
  return node;
}
