// The routes of the app, read off the one list of pages in src/app.rs: the name of each ("" for the log-in page, "404" for the
// not-found page) with the title of its file. The end-to-end tests hold the files of a release against the list itself.
import fs from "node:fs";

const source = fs.readFileSync(new URL("../src/app.rs", import.meta.url), "utf8");

export const routes = [...source.matchAll(/PageRoute \{ path: "\/([^"]*)", title: "([^"]*)"/g)].map(([, name, title]) => ({ name, title: `${title} – Stagedoor` }));
if (routes.length === 0) throw new Error("there is no list of pages in src/app.rs");
