import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { htmlReport } from "../../lib/report/html";
import { temporaryFolder } from "../support/temporary-folder";
import { describeWithTool } from "../support/tool";
import { judged, rack } from "./judged";

/** A browser starts, which takes a busy machine long. */
jest.setTimeout(120_000);

const newFolder = temporaryFolder();
const AXE = require.resolve("axe-core/axe.min.js");

/** Each would set a variable of the page if it became markup. */
const HOSTILE = [
  "</script><img src=x onerror=window.hacked=1>",
  '"><svg onload=window.hacked=1>',
  "<iframe srcdoc='<script>parent.hacked=1</script>'>",
  "javascript:window.hacked=1",
  "</style><style>*{display:none}",
  "</title><script>window.hacked=1</script>",
  "--><script>window.hacked=1</script>",
];

describeWithTool("chromium", "the HTML report in Chromium", () => {
  let browser: Browser;
  let rackFile: string;
  beforeAll(async () => {
    const executablePath = spawnSync("sh", ["-c", "command -v chromium"], { encoding: "utf8" }).stdout.trim();
    // As root, as in containers, Chromium has no sandbox; what it opens here is of this test.
    browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
    rackFile = file(htmlReport(judged(rack)));
  });
  afterAll(() => browser?.close());

  function file(text: string): string {
    const path = join(newFolder(), "report.html");
    writeFileSync(path, text);
    return path;
  }

  /** Opens a page, and tells of everything that went wrong in it and that it asked for. */
  async function opened(
    path: string,
    options: BrowserContextOptions = {},
  ): Promise<{ page: Page; events: string[] }> {
    const context = await browser.newContext(options);
    const page = await context.newPage();
    const events: string[] = [];
    page.on("console", (message) => events.push(`console: ${message.text()}`));
    page.on("pageerror", (error) => events.push(`error: ${error.message}`));
    page.on("dialog", (dialog) => events.push(`dialog: ${dialog.message()}`));
    page.on("request", (request) => {
      if (!/^(?:data:|file:.*report\.html$)/.test(request.url())) events.push(`request: ${request.url()}`);
    });
    await page.goto(`file://${path}`);
    return { page, events };
  }

  const shown = (page: Page) => page.locator(".list > li:visible").count();

  test("loads nothing, and has nothing to complain of", async () => {
    const { page, events } = await opened(rackFile);
    expect(await page.title()).toMatch(/^example: \d+ errors/);
    expect(events).toEqual([]);
  });

  test("does not do what names say", async () => {
    const text = htmlReport({
      ...judged((plan) => {
        plan.kvmHost(HOSTILE[0]);
        for (const name of HOSTILE) {
          plan.kvm({
            name,
            host: HOSTILE[0],
            vcpu: 4,
            cpu: { topology: { sockets: 1, cores: 3, threads: 1 } },
          });
          plan.network(name, { name, ips: [] }, HOSTILE[0]);
        }
        plan.acknowledge({ code: "VIRT-CPU-002", reason: HOSTILE.join(" ") }, "nobody");
      }),
      notes: HOSTILE,
    });
    const { page, events } = await opened(file(text));
    await page.locator("#guests button").first().click();
    await page.getByLabel("Text").fill(HOSTILE[0]!);
    expect(await shown(page)).toBeGreaterThan(0);
    expect(await page.evaluate("window.hacked")).toBeUndefined();
    expect(await page.locator("img, iframe, embed, object").count()).toBe(0);
    expect(await page.locator("#guests tbody tr").allInnerTexts()).toHaveLength(HOSTILE.length);
    expect(events).toEqual([]);
  });

  test.each(["light", "dark"] as const)(
    "breaks no rule of WCAG 2 A and AA in %s colours",
    async (colorScheme) => {
      for (const width of [1280, 360]) {
        const options = { colorScheme, bypassCSP: true, viewport: { width, height: 900 } };
        const { page } = await opened(rackFile, options);
        // What is folded is judged as well.
        await page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true");
        await page.addScriptTag({ path: AXE });
        const { violations } = (await page.evaluate(
          "axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'] })",
        )) as { violations: { id: string; nodes: { html: string; failureSummary: string }[] }[] };
        expect(violations.map(({ id, nodes }) => [id, nodes[0]!.html, nodes[0]!.failureSummary])).toEqual([]);
      }
    },
  );

  test("fits into 360 pixels", async () => {
    const { page } = await opened(rackFile, { viewport: { width: 360, height: 740 } });
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(360);
  });

  test("shows where the focus is, from the skip link on", async () => {
    const { page } = await opened(rackFile);
    const focus = () =>
      page.evaluate(`(() => {
        const { activeElement: at } = document;
        if (at === document.body) return "";
        const { outlineStyle, outlineWidth } = getComputedStyle(at);
        return [at.textContent.trim() || at.name, outlineStyle, outlineWidth].join(" | ");
      })()`) as Promise<string>;
    await page.keyboard.press("Tab");
    const seen = [await focus()];
    for (let count = 0; count < 200 && seen.at(-1) !== ""; count++) {
      await page.keyboard.press("Tab");
      seen.push(await focus());
    }
    expect(seen[0]).toContain("Skip to the findings");
    expect(seen.pop()).toBe("");
    expect(seen.filter((each) => !/\| solid \| 3px$/.test(each))).toEqual([]);
    expect(seen.join("\n")).toMatch(/text \|[\s\S]*settled \|[\s\S]*Guest \|/);
  });

  test("is filtered by keyboard alone", async () => {
    const { page } = await opened(rackFile);
    const all = await shown(page);
    const count = () => page.locator("output").textContent();
    expect(await count()).toBe(`${all} of ${all} shown`);

    await page.getByLabel("Text").focus();
    await page.keyboard.type("topology 3");
    expect(await shown(page)).toBe(1);
    expect(await page.locator(".rule:visible").allInnerTexts()).toEqual([
      expect.stringContaining("VIRT-CPU-002"),
      expect.stringContaining("not checked"),
    ]);
    expect(await count()).toBe(`1 of ${all} shown`);
    await page.keyboard.press("Enter");
    await page.keyboard.press("Control+A");
    await page.keyboard.press("Delete");

    await page.keyboard.press("Tab");
    await page.keyboard.type("warn");
    const warnings = await shown(page);
    expect(warnings).toBeGreaterThan(0);
    expect(await page.locator('.list > li[data-severity="error"]:visible').count()).toBe(0);
    await page.keyboard.press("Home");
    await page.keyboard.press("Tab");
    await page.keyboard.type("XEN");
    await page.keyboard.press("Home");
    await page.keyboard.press("Tab");
    await page.keyboard.type("xen1");
    expect(await page.locator('.list > li:not([data-host="xen1"]):visible').count()).toBe(0);
    expect(await shown(page)).toBeGreaterThan(0);
    await page.keyboard.press("Home");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Space");
    expect(await page.locator(".list > li[data-settled]:visible").count()).toBe(0);
    expect(await shown(page)).toBeLessThan(all);
  });

  test("is sorted by keyboard alone, numbers as numbers", async () => {
    const { page } = await opened(rackFile);
    const column = async (index: number) =>
      (await page.locator(`#guests tbody tr > :nth-child(${index})`).allInnerTexts()).map((text) =>
        text.trim(),
      );
    await page.getByRole("button", { name: "Memory" }).focus();
    await page.keyboard.press("Enter");
    const ascending = await column(5);
    expect(ascending).toEqual(["?", "1 GiB", "2 GiB", "2 GiB", "32 GiB", "40 GiB", "48 GiB", "48 GiB"]);
    expect(await page.locator("#guests th[aria-sort]").allInnerTexts()).toEqual(["Memory"]);
    await page.keyboard.press("Space");
    expect(await column(5)).toEqual(ascending.reverse());
    expect(await page.locator('#guests th[aria-sort="descending"]').count()).toBe(1);
    await page.getByRole("button", { name: "Guest" }).click();
    expect(await column(1)).toEqual(["db", "db", "elsewhere", "erp", "legacy", "older", "small", "web"]);
  });

  test("can be read without scripts", async () => {
    const { page } = await opened(rackFile, { javaScriptEnabled: false });
    expect(await shown(page)).toBeGreaterThan(3);
    expect(await page.locator("#filters").isVisible()).toBe(false);
    expect(await page.locator("#guests tbody tr").count()).toBe(8);
  });
});
