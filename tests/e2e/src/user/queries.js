// Finds elements as users and screen readers do: by role and accessible name.
//
// While only the prerendered page is there, queries find nothing but the static failure messages: whatever a test asserts about
// the app waits for the app. With `page` set to "prerendered", they search the prerendered page and nothing else.
const ROLES = {
    A: "link", BUTTON: "button", DD: "definition", DT: "term", MAIN: "main", IMG: "img",
    H1: "heading", H2: "heading", H3: "heading", INPUT: "textbox", SUMMARY: "summary",
};
const STATIC_MESSAGES = "[id^=failure-], noscript, .late";
const [page, question, ...args] = arguments;

const root = document.getElementById("app");
const isPrerendered = root !== null && root.hasAttribute("data-prerendered");
// Pages without #app, such as the consent page, are always ready.
const isRunning = root === null || (!isPrerendered && root.childNodes.length > 0);
const isSearched = (element) =>
    page === "prerendered" ? isPrerendered : isRunning || element.closest(STATIC_MESSAGES) !== null;

const tidy = (text) => text.replace(/\s+/g, " ").trim();
const roleOf = (element) => element.getAttribute("role") ?? (element.type === "checkbox" ? "checkbox" : ROLES[element.tagName]) ?? "";
const nameOf = (element) => tidy(element.getAttribute("aria-label") ?? element.labels?.[0]?.innerText ?? element.innerText ?? element.textContent ?? "");
const isVisible = (element) => element.checkVisibility({ visibilityProperty: true }) && !element.closest("[aria-hidden=true]");
const all = (role) => [...document.querySelectorAll(`[role=${role}], a[href], button, dd, dt, main, img, h1, h2, h3, input, summary`)]
    .filter((element) => roleOf(element) === role && isVisible(element) && isSearched(element));
const visibleMessages = () => [...document.querySelectorAll(STATIC_MESSAGES)].filter(isVisible);

switch (question) {
    case "named": return all(args[0]).find((element) => nameOf(element) === args[1]) ?? null;
    case "containing": return all(args[0]).find((element) => tidy(element.innerText).includes(args[1])) ?? null;
    case "texts": return all(args[0]).map((element) => tidy(element.innerText));
    case "fact": {
        const facts = all("definition").filter((fact) => tidy(fact.parentElement.querySelector("dt")?.innerText ?? "") === args[0]);
        return facts.length === 1 ? tidy(facts[0].innerText) : null;
    }
    case "definition": return all("term").find((term) => term.innerText === args[0])?.nextElementSibling?.innerText ?? null;
    case "page": {
        if (isRunning) return document.body.innerText;
        const messages = visibleMessages();
        return messages.length > 0 ? messages.map((message) => message.innerText).join("\n") : null;
    }
    case "running": return isRunning ? true : null;
    // The page will not change by itself: the app is running, or a failure message says that it will not.
    case "settled": return isRunning || visibleMessages().length > 0 ? true : null;
    case "prerendered": return isPrerendered ? true : null;
}
