// An authorization server for the example: oidc-provider, with one public client, and a log-in that takes any name.
// `node server.mjs PORT REDIRECT_URI`; OIDC_PROVIDER is the path of the module, where it is not installed beside this file.
import { createServer } from "node:http";
import { text } from "node:stream/consumers";

const { default: Provider } = await import(process.env.OIDC_PROVIDER ?? "oidc-provider");
const [port, redirectUri] = process.argv.slice(2);

const server = createServer();
await new Promise((resolve) => server.listen(Number(port), "127.0.0.1", resolve));
const issuer = `http://127.0.0.1:${server.address().port}`;

const provider = new Provider(issuer, {
  // `native` is for redirect URIs on a loopback address: for others it takes https alone.
  clients: [
    {
      client_id: "router",
      application_type: "native",
      token_endpoint_auth_method: "none",
      grant_types: ["authorization_code", "refresh_token"],
      redirect_uris: [redirectUri],
    },
  ],
  clientBasedCORS: (ctx, origin) => origin === new URL(redirectUri).origin,
  issueRefreshToken: () => true,
  rotateRefreshToken: true,
  scopes: ["openid", "profile"],
  claims: { openid: ["sub"], profile: ["name"] },
  findAccount: (ctx, name) => ({ accountId: name, claims: () => ({ sub: name, name }) }),
  features: { devInteractions: { enabled: false } },
  interactions: { url: (ctx, { uid }) => `/log-in/${uid}` },
  cookies: { keys: ["of the example"] },
});

const page = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <title>Authorization server</title>
    <link rel="icon" href="data:," />
  </head>
  <body>
    <h1>Who are you?</h1>
    <form method="post">
      <p><label>Name <input name="name" value="Ada Example" /></label></p>
      <button>Agree</button> <button name="refused" value="yes">Cancel</button>
    </form>
  </body>
</html>`;

/** What the person in this log-in has agreed to, and who they are. */
async function agreement({ params }, accountId) {
  const grant = new provider.Grant({ accountId, clientId: params.client_id });
  grant.addOIDCScope(params.scope);
  return { login: { accountId }, consent: { grantId: await grant.save() } };
}

provider.use(async (ctx, next) => {
  if (!ctx.path.startsWith("/log-in/")) return next();
  const interaction = await provider.interactionDetails(ctx.req, ctx.res);
  if (ctx.method !== "POST") {
    ctx.body = page;
    return;
  }
  const form = new URLSearchParams(await text(ctx.req));
  const result = form.has("refused") ? { error: "access_denied" } : await agreement(interaction, form.get("name"));
  ctx.redirect(await provider.interactionResult(ctx.req, ctx.res, result));
});

server.on("request", provider.callback());
console.log(issuer);
