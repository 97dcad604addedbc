import { createHash } from "node:crypto";
import fc from "fast-check";
import { formatKiB } from "../../lib/plan/units";
import { htmlReport } from "../../lib/report/html";
import { html, Markup } from "../../lib/report/html/markup";
import { judged, rack } from "./judged";
import { acknowledged, everything, finding, hostile, hostileReport, input } from "./sample";

const page = htmlReport(judged(rack));

describe("a piece of HTML", () => {
  test("escapes what is put into it, unless it is HTML itself", () => {
    expect(
      html`<b title="${'"><i>'}">${"<script>"}${html`<i>${1}</i>`}${["&", html`<br>`]}${false}${undefined}</b>`
        .text,
    ).toBe('<b title="&quot;&gt;&lt;i&gt;">&lt;script&gt;<i>1</i>&amp;<br></b>');
    expect(new Markup("<b>").text).toBe("<b>");
  });

  test("never lets a text become markup", () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const content = html`<p title="${text}">${text}</p>`.text;
        expect(content).toMatch(/^<p title="[^"<>]*">[^<>]*<\/p>$/);
      }),
    );
  });

  test("shows characters that would turn or hide others", () => {
    expect(html`${"a\u202eb\u200bc"}`.text).toBe("a\ufffdb\ufffdc");
  });
});

describe("the page", () => {
  test("has findings, capacity, topology and inventory, and without a plan the findings alone", () => {
    for (const id of ["findings", "capacity", "topology", "inventory"])
      expect(page).toContain(`<section id="${id}"`);
    const without = htmlReport(everything);
    expect(without).toContain('<section id="findings"');
    expect(without).not.toMatch(/<section id="(?:capacity|topology|inventory)"/);
  });

  test("has tags of its own alone, whatever the texts are", () => {
    const tags = (text: string) =>
      [...text.matchAll(/<\/?[a-z][^>]*>/gi)].map(([tag]) => tag.replace(/"[^"]*"/g, '""'));
    // How many places take part differs, so that the tags are compared and not their number.
    const own = new Set(
      tags(htmlReport(input([finding(), acknowledged()]))).concat(tags(htmlReport(everything))),
    );
    fc.assert(
      fc.property(hostileReport, (report) => {
        expect(tags(htmlReport(report)).filter((tag) => !own.has(tag))).toEqual([]);
      }),
    );
  });

  test("lets its own style and script act, and nothing else", () => {
    const hash = (name: string) => {
      const content = new RegExp(`<${name}>(.*?)</${name}>`, "s").exec(page)![1]!;
      return `${name === "style" ? "style" : "script"}-src 'sha256-${createHash("sha256").update(content).digest("base64")}'`;
    };
    const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page)![1]!;
    expect(policy.split("; ")).toEqual([
      "default-src 'none'",
      hash("style"),
      hash("script"),
      "img-src data:",
      "base-uri 'none'",
      "form-action 'none'",
    ]);
    expect(page).not.toMatch(/ style="| on\w+="|<link [^>]*href="(?!data:)|\ssrc=/);
  });

  test("says of a finding where it is, why it is one and what to do", () => {
    expect(page).toContain("<code>VIRT-CPU-002</code> topology-matches-vcpus");
    expect(page).toContain("<summary>Why, and how to mend it</summary>");
    expect(page).toMatch(
      /<strong>web<\/strong> <code>example\/web<\/code> <code class="attribute">cpu\.topology<\/code>/,
    );
    expect(page).toContain("<span>Fix</span> set vcpu to 3");
    expect(htmlReport(everything)).toContain("<code>infra/main.ts:12</code>");
  });

  test("shows what somebody accepted with the reason, apart", () => {
    expect(page).toContain('id="acknowledged-VIRT-CAP-003"');
    expect(page).toContain("acknowledged: the database uses huge pages &lt;soon&gt;");
  });

  test("shows the arithmetic of capacity as the rules compute it", () => {
    expect(page).toContain("64 GiB - guests 99 GiB = -35 GiB");
    expect(page).toMatch(
      /64 GiB - dom0 4 GiB - guests 72 GiB = -12 GiB; 1 guest known only at apply not counted/,
    );
    expect(page).toMatch(
      /<h3>kvm2<\/h3>.*capacity not known.*virt-constructs facts capture qemu\+ssh:\/\/kvm2\/system/s,
    );
    expect(page).toContain(`${formatKiB(35 * 2 ** 20)} more than there is`);
  });

  test("of thousands of guests with as many mistakes is bounded, and says what it leaves out", () => {
    const large = htmlReport(
      judged((plan) => {
        plan.kvmHost("kvm1");
        for (let index = 0; index < 2000; index++) {
          plan.kvm({ name: `n${index}`, vcpu: 4, cpu: { topology: { sockets: 1, cores: 3, threads: 1 } } });
        }
      }),
    );
    expect(large.length).toBeLessThan(600_000);
    expect(large).toContain("1900 more findings of this rule not shown here");
    expect(large).toContain("1000 more guests not shown here");
    expect(large).toContain("1980 guests counted and not drawn");
  });
});
