/** Filters and sorting; the page can be read without it. Nothing in it comes from a plan. */
export const SCRIPT = `
"use strict";
(() => {
  const form = document.getElementById("filters");
  if (form) {
    const items = [...document.querySelectorAll(".list > li")];
    const rules = [...document.querySelectorAll(".rule")].filter((rule) => rule.querySelector(".list"));
    const texts = new Map(items.map((item) => {
      const rule = item.closest(".rule").querySelector("header").textContent;
      return [item, (rule + " " + item.textContent).toLowerCase()];
    }));
    const filter = () => {
      const { text, severity, area, host, settled } = form.elements;
      const words = text.value.toLowerCase().split(/\\s+/).filter(Boolean);
      let shown = 0;
      for (const item of items) {
        const { dataset } = item;
        const fits = (severity.value === "" || dataset.severity === severity.value)
          && (area.value === "" || dataset.area === area.value)
          && (host.value === "" || dataset.host === host.value)
          && (settled.checked || dataset.settled === undefined)
          && words.every((word) => texts.get(item).includes(word));
        item.hidden = !fits;
        if (fits) shown++;
      }
      for (const rule of rules) rule.hidden = !rule.querySelector(".list > li:not([hidden])");
      form.elements.count.value = shown + " of " + items.length + " shown";
    };
    form.addEventListener("input", filter);
    form.addEventListener("submit", (event) => event.preventDefault());
    form.hidden = false;
    filter();
  }

  const table = document.getElementById("guests");
  if (table) {
    const body = table.tBodies[0];
    const headings = [...table.tHead.rows[0].cells];
    const collator = new Intl.Collator("en", { numeric: true });
    headings.forEach((heading, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...heading.childNodes);
      heading.append(button);
      button.addEventListener("click", () => {
        const down = heading.getAttribute("aria-sort") === "ascending";
        const compare = (a, b) => {
          const [x, y] = [a.cells[column], b.cells[column]];
          return x.dataset.value === undefined
            ? collator.compare(x.textContent, y.textContent)
            : Number(x.dataset.value) - Number(y.dataset.value);
        };
        body.append(...[...body.rows].sort((a, b) => down ? compare(b, a) : compare(a, b)));
        for (const each of headings) each.removeAttribute("aria-sort");
        heading.setAttribute("aria-sort", down ? "descending" : "ascending");
      });
    });
  }

  addEventListener("beforeprint", () => {
    for (const each of document.querySelectorAll("details")) each.open = true;
  });
})();
`;
