// Spotify's two hosts, as the measurements play them: who asks is logged in, and everybody is Ada.
const PERSON = {
  id: "ada",
  display_name: "Ada Example",
  email: "ada@example.com",
  country: "SE",
  product: "premium",
  followers: { total: 1815 },
  images: [],
  external_urls: { spotify: "https://open.spotify.com/user/ada" },
};
const TOKEN = { access_token: "bench-token", token_type: "Bearer", expires_in: 3600 };
const CORS = { "Access-Control-Allow-Origin": "*", "Access-Control-Allow-Headers": "authorization, content-type" };

export const HOSTS = ["accounts.spotify.com", "api.spotify.com"];

/** The answer to a request for `url`: status, headers and body. */
export function answer(method, url) {
  if (method === "OPTIONS") return { status: 204, headers: CORS, body: "" };
  if (url.pathname === "/authorize") return { status: 302, headers: { Location: response(url.searchParams) }, body: "" };
  const body = { "/v1/me": PERSON, "/api/token": { ...TOKEN, refresh_token: "bench-refresh-token" } }[url.pathname];
  if (!body) return { status: 404, headers: CORS, body: "" };
  return { status: 200, headers: { ...CORS, "Content-Type": "application/json" }, body: JSON.stringify(body) };
}

/** The URL that an authorization request leads back to. */
function response(request) {
  const [redirectUri, state] = [request.get("redirect_uri"), request.get("state")];
  if (request.get("response_type") === "code") return `${redirectUri}?${new URLSearchParams({ code: "bench-code", state })}`;
  return `${redirectUri}#${new URLSearchParams({ ...TOKEN, state })}`;
}
