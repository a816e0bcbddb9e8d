//! An HTML page of the build: what it says, and what is written into it.

use std::cell::{Cell, RefCell};

use lol_html::errors::RewritingError;
use lol_html::html_content::ContentType;
use lol_html::{RewriteStrSettings, doc_comments, element, rewrite_str, text};
use stagedoor_app::components::PageRoute;
use stagedoor_app::config::Config;

use crate::assets::Assets;
use crate::policy::Policy;

/// The pages that call the Web API at once for everybody who comes to them by a login.
const CALLING: [&str; 2] = ["/callback", "/profile"];

/// Why a page can't be finished.
#[derive(Debug, thiserror::Error)]
pub enum Malformed {
    /// It is not HTML as a build makes it.
    #[error("is not a page of this app: {0}")]
    Html(#[from] RewritingError),
    /// It has no `<base href>`.
    #[error("is not a page of this app: it has no base")]
    NoBase,
}

/// A page of the build.
pub struct Page {
    html: String,
    inline: Inline,
    base: String,
}

/// The texts of scripts and styles that are in a page itself, character by character.
#[derive(Default)]
pub struct Inline {
    /// Of all scripts together.
    pub script: String,
    /// Of all styles together.
    pub style: String,
}

impl Page {
    /// Reads a page.
    pub fn parse(html: String) -> Result<Self, Malformed> {
        let inline = RefCell::new(Inline::default());
        let mut base = None;
        let settings = RewriteStrSettings::new()
            .append_element_content_handler(element!("base[href]", |element| {
                base = element.get_attribute("href");
                Ok(())
            }))
            .append_element_content_handler(text!("script:not([src])", |chunk| {
                inline.borrow_mut().script.push_str(chunk.as_str());
                Ok(())
            }))
            .append_element_content_handler(text!("style", |chunk| {
                inline.borrow_mut().style.push_str(chunk.as_str());
                Ok(())
            }));
        rewrite_str(&html, settings)?;
        Ok(Self {
            html,
            inline: inline.into_inner(),
            base: base.ok_or(Malformed::NoBase)?,
        })
    }

    /// The path that the build is served below, with both its slashes.
    pub fn base(&self) -> &str {
        &self.base
    }

    /// What is in the page itself.
    pub fn inline(&self) -> &Inline {
        &self.inline
    }

    /// The page of `route` with this content of `#app`: with `policy` as its first `meta`, with all inline scripts in one, and all styles,
    /// with the names of `assets` where they are new, and with early connections where it calls the servers of `config` at once.
    pub fn of_route(
        &self,
        route: &PageRoute,
        content: &str,
        policy: &Policy,
        config: &Config,
        assets: Option<&Assets>,
    ) -> Result<String, Malformed> {
        let title = route.document_title();
        let policy = policy.as_str();
        let connections = if CALLING.contains(&route.path) {
            connections(config)
        } else {
            String::new()
        };
        let first = format!("<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">{connections}");
        let style = format!("<style>{}</style>", self.inline.style);
        // All are classic scripts, so one after the other is a script as well.
        let is_written = Cell::new(false);
        let replaced = "meta[http-equiv=Content-Security-Policy], style, script[data-glue]";
        let settings = RewriteStrSettings::new()
            .append_element_content_handler(element!(replaced, |element| {
                element.remove();
                Ok(())
            }))
            .append_element_content_handler(element!("head", |head| {
                head.prepend(&first, ContentType::Html);
                head.append(&style, ContentType::Html);
                Ok(())
            }))
            .append_element_content_handler(element!("title", |element| {
                element.set_inner_content(&title, ContentType::Text);
                Ok(())
            }))
            .append_element_content_handler(element!("#app", |app| {
                app.set_inner_content(content, ContentType::Html);
                Ok(())
            }))
            .append_element_content_handler(element!("script:not([src])", |script| {
                if is_written.replace(true) {
                    script.remove();
                    return Ok(());
                }
                script.set_inner_content(&self.inline.script, ContentType::Html);
                if let Some(Assets { wasm, .. }) = assets {
                    script.set_attribute("data-wasm", &wasm.name)?;
                    script.set_attribute("data-integrity", &wasm.integrity)?;
                }
                Ok(())
            }))
            .append_element_content_handler(element!("script[data-app]", |app| {
                if let Some(Assets { script, .. }) = assets {
                    app.set_attribute("src", &script.name)?;
                    app.set_attribute("integrity", &script.integrity)?;
                }
                Ok(())
            }));
        without_comments(&rewrite_str(&self.html, settings)?)
    }
}

fn without_comments(html: &str) -> Result<String, Malformed> {
    let settings = RewriteStrSettings::new().append_document_content_handler(doc_comments!(|comment| {
        comment.remove();
        Ok(())
    }));
    Ok(rewrite_str(html, settings)?)
}

/// Connections to the servers that the app calls, opened before it does.
fn connections(config: &Config) -> String {
    let link = |origin: &str| format!("<link rel=\"preconnect\" href=\"{origin}\" crossorigin>");
    config.called_origins().map(link).collect()
}
