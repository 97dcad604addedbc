/** The package as its readers find it: its pages are part of it, so that those of each version stay. */
export const HOMEPAGE = "https://www.npmjs.com/package/virt-constructs";

/** The page of a rule, as it was when this version was published. */
export function rulePage(slug: string, version: string): string {
  return `https://unpkg.com/virt-constructs@${version}/docs/rules/${slug}.md`;
}
