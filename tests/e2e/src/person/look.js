// Finds elements as people and screen readers do: by role and accessible name.
const ROLES = {
    A: "link", BUTTON: "button", DD: "definition", DT: "term", MAIN: "main", IMG: "img",
    H1: "heading", H2: "heading", H3: "heading", INPUT: "textbox", SUMMARY: "summary",
};
const tidy = (text) => text.replace(/\s+/g, " ").trim();
const roleOf = (element) => element.getAttribute("role") ?? (element.type === "checkbox" ? "checkbox" : ROLES[element.tagName]) ?? "";
const nameOf = (element) => tidy(element.getAttribute("aria-label") ?? element.labels?.[0]?.innerText ?? element.innerText ?? element.textContent ?? "");
const isShown = (element) => element.checkVisibility() && !element.closest("[aria-hidden=true]");
const all = (role) => [...document.querySelectorAll(`[role=${role}], a[href], button, dd, dt, main, img, h1, h2, h3, input, summary`)]
    .filter((element) => roleOf(element) === role && isShown(element));
const named = (role, name) => all(role).find((element) => nameOf(element) === name) ?? null;
const saying = (role, text) => all(role).find((element) => tidy(element.innerText).includes(text)) ?? null;
const [question, ...args] = arguments;
switch (question) {
    case "named": return named(...args);
    case "saying": return saying(...args);
    case "text": return all(args[0]).map((element) => tidy(element.innerText));
    case "fact": {
        const facts = all("definition").filter((fact) => tidy(fact.parentElement.querySelector("dt")?.innerText ?? "") === args[0]);
        return facts.length === 1 ? tidy(facts[0].innerText) : null;
    }
}
