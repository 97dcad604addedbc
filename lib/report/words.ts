/** The items by what they have in common, each group in the order of its first item. */
export function groups<T, K>(items: readonly T[], key: (item: T) => K): Map<K, T[]> {
  const result = new Map<K, T[]>();
  for (const item of items) {
    const itemKey = key(item);
    const group = result.get(itemKey);
    if (group) group.push(item);
    else result.set(itemKey, [item]);
  }
  return result;
}
