// What the bench compares with: the same way through a log-in (implicit grant or code with PKCE, state, session with a deadline,
// profile), as one would write it by hand in plain JavaScript, without a build.
const config = await (await fetch("config.json", { cache: "no-cache" })).json();
const base = new URL(".", document.baseURI);
const redirectUri = config.redirect_uri ?? `${base}callback`;
const scopes = config.scopes ?? ["user-read-private", "user-read-email"];

function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

const show = (...children) => document.body.replaceChildren(...children);

const base64url = (bytes) => btoa(String.fromCharCode(...bytes)).replace(/\+/g, "-").replace(/\//g, "_").replace(/=/g, "");
const random = () => base64url(crypto.getRandomValues(new Uint8Array(32)));

async function logIn() {
  const [state, verifier] = [random(), random()];
  sessionStorage.setItem(`state:${state}`, JSON.stringify({ at: Date.now(), verifier }));
  const parameters = { client_id: config.client_id, response_type: "token", redirect_uri: redirectUri, state, scope: scopes.join(" ") };
  if (config.flow === "pkce") {
    const challenge = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(verifier));
    Object.assign(parameters, { response_type: "code", code_challenge_method: "S256", code_challenge: base64url(new Uint8Array(challenge)) });
  }
  location.assign(`${config.authorize_url ?? "https://accounts.spotify.com/authorize"}?${new URLSearchParams(parameters)}`);
}

function showLogIn(notice = "") {
  history.replaceState(null, "", base);
  document.title = "Log in";
  const asked = scopes.map((scope) => element("li", { textContent: scope }));
  const button = element("button", { textContent: "Log in with Spotify", onclick: logIn });
  show(element("h1", { textContent: "Log in to see your Spotify profile" }), element("p", { textContent: notice }), element("ul", {}, ...asked), button);
}

async function takeResponse() {
  const query = new URLSearchParams(location.search);
  const response = config.flow === "pkce" ? query : new URLSearchParams(location.hash.slice(1));
  const failure = query.get("error") ?? response.get("error");
  history.replaceState(null, "", base.pathname + "callback");
  const key = `state:${response.get("state")}`;
  const pending = JSON.parse(sessionStorage.getItem(key));
  sessionStorage.removeItem(key);
  if (failure) return showLogIn(`Spotify said no: ${failure}`);
  if (!pending || Date.now() - pending.at > 600_000) return showLogIn("This log-in was not started here.");
  const token = config.flow === "pkce" ? await redeem(response.get("code"), pending.verifier) : Object.fromEntries(response);
  if (token?.token_type?.toLowerCase() !== "bearer") return showLogIn("The response could not be read.");
  const deadline = Date.now() + Number(token.expires_in ?? 3600) * 1000 - 30_000;
  sessionStorage.setItem("session", JSON.stringify({ token: token.access_token, deadline }));
  showProfile();
}

async function redeem(code, verifier) {
  const body = new URLSearchParams({ grant_type: "authorization_code", client_id: config.client_id, code, redirect_uri: redirectUri, code_verifier: verifier });
  const answer = await fetch(config.token_url ?? "https://accounts.spotify.com/api/token", {
    method: "POST",
    body,
    cache: "no-store",
    credentials: "omit",
    redirect: "error",
    referrerPolicy: "no-referrer",
  });
  return answer.ok ? answer.json() : undefined;
}

async function showProfile() {
  const session = JSON.parse(sessionStorage.getItem("session"));
  if (!session || Date.now() > session.deadline) return showLogIn("Your session has ended.");
  history.replaceState(null, "", `${base}profile`);
  document.title = "Your profile";
  show(element("h1", { textContent: "Loading your profile…" }));
  const answer = await fetch(`${config.api_url ?? "https://api.spotify.com/v1"}/me`, {
    headers: { Authorization: `Bearer ${session.token}` },
    cache: "no-store",
    credentials: "omit",
    redirect: "error",
    referrerPolicy: "no-referrer",
  });
  if (answer.status === 401) return logOut("Your session has ended.");
  if (!answer.ok) return show(element("p", { textContent: "Spotify has a problem." }), element("button", { textContent: "Try again", onclick: showProfile }));
  const person = await answer.json();
  const facts = { Email: person.email, Country: person.country, Plan: person.product, Followers: person.followers?.total, "Spotify ID": person.id };
  const shown = Object.entries(facts).filter(([, value]) => value !== undefined);
  const list = shown.map(([term, value]) => element("div", {}, element("dt", { textContent: term }), element("dd", { textContent: value })));
  const clock = element("p", { role: "timer" });
  const picture = person.images?.[0] ? [element("img", { src: person.images[0].url, alt: "" })] : [];
  show(
    element("button", { textContent: "Log out", onclick: () => logOut("You are logged out.") }),
    ...picture,
    element("h1", { textContent: person.display_name ?? person.id }),
    element("dl", {}, ...list),
    clock,
  );
  const tick = () => {
    const left = Math.max(0, Math.ceil((session.deadline - Date.now()) / 1000));
    clock.textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
    if (left === 0) logOut("Your session has ended.");
  };
  tick();
  setInterval(tick, 1000);
}

function logOut(notice) {
  sessionStorage.clear();
  showLogIn(notice);
}

if (location.pathname.startsWith(`${base.pathname}callback`)) takeResponse();
else if (sessionStorage.getItem("session")) showProfile();
else showLogIn();
