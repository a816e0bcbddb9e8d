//! An HTML page of the build: what it says, and what is written into it.

use std::cell::RefCell;

use lol_html::errors::RewritingError;
use lol_html::html_content::{ContentType, Element};
use lol_html::{HandlerResult, RewriteStrSettings, doc_comments, element, rewrite_str, text};
use stagedoor::components::PageRoute;
use stagedoor::config::{Config, origin};
use stagedoor::oauth::Flow;

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

/// The texts of scripts and styles that are in a page itself, byte by byte.
#[derive(Default)]
pub struct Inline {
    /// Of the scripts.
    pub scripts: Vec<String>,
    /// Of the styles.
    pub styles: Vec<String>,
}

impl Page {
    /// Reads a page.
    pub fn parse(html: String) -> Result<Self, Malformed> {
        let inline = RefCell::new(Inline::default());
        let mut base = None;
        let begin = |text: &mut Vec<String>| text.push(String::new());
        let append = |text: &mut Vec<String>, chunk: &str| {
            if let Some(last) = text.last_mut() {
                last.push_str(chunk);
            }
        };
        let settings = RewriteStrSettings::new()
            .append_element_content_handler(element!("base[href]", |element| {
                base = element.get_attribute("href");
                Ok(())
            }))
            .append_element_content_handler(element!("script:not([src])", |_| {
                begin(&mut inline.borrow_mut().scripts);
                Ok(())
            }))
            .append_element_content_handler(text!("script:not([src])", |chunk| {
                append(&mut inline.borrow_mut().scripts, chunk.as_str());
                Ok(())
            }))
            .append_element_content_handler(element!("style", |_| {
                begin(&mut inline.borrow_mut().styles);
                Ok(())
            }))
            .append_element_content_handler(text!("style", |chunk| {
                append(&mut inline.borrow_mut().styles, chunk.as_str());
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

    /// The page of `route`, made of this page that Trunk has built: with the final names of `assets`, and with all styles in one.
    pub fn of_route(&self, route: &PageRoute, shell: &str, assets: &Assets) -> Result<String, Malformed> {
        let style = format!("<style>{}</style>", self.inline.styles.concat());
        let title = format!("{} – Stagedoor", route.title);
        let settings = RewriteStrSettings::new()
            .append_element_content_handler(element!("title", |element| {
                element.set_inner_content(&title, ContentType::Text);
                Ok(())
            }))
            .append_element_content_handler(element!("script:not([src])", |loader| {
                loader.set_attribute("data-wasm", &assets.wasm.name)?;
                loader.set_attribute("data-integrity", &assets.wasm.integrity)?;
                Ok(())
            }))
            .append_element_content_handler(element!("script[data-glue], style", remove))
            .append_element_content_handler(element!("head", |head| {
                head.append(&style, ContentType::Html);
                Ok(())
            }))
            .append_element_content_handler(element!("script[data-app]", |script| {
                script.set_attribute("src", &assets.script.name)?;
                script.set_attribute("integrity", &assets.script.integrity)?;
                Ok(())
            }))
            .append_element_content_handler(element!("template[data-route]", |template| {
                if template.get_attribute("data-route").as_deref() == Some(shell) {
                    template.remove_and_keep_content();
                } else {
                    template.remove();
                }
                Ok(())
            }))
            .append_document_content_handler(doc_comments!(|comment| {
                comment.remove();
                Ok(())
            }));
        Ok(rewrite_str(&self.html, settings)?)
    }

    /// The page with `policy` as its first `meta`. `path` is that of its route: pages that call the Web API at once open their
    /// connections early.
    pub fn locked_down(&self, policy: &Policy, config: &Config, path: &str) -> Result<String, Malformed> {
        let meta = format!(
            "<meta http-equiv=\"Content-Security-Policy\" content=\"{}\">",
            policy.as_str()
        );
        let connections = if CALLING.contains(&path) {
            connections(config)
        } else {
            String::new()
        };
        let settings = RewriteStrSettings::new()
            .append_element_content_handler(element!("meta[http-equiv=Content-Security-Policy]", remove))
            .append_element_content_handler(element!("link[rel=preconnect]", remove))
            .append_element_content_handler(element!("head", |head| {
                head.prepend(&meta, ContentType::Html);
                head.append(&connections, ContentType::Html);
                Ok(())
            }));
        Ok(rewrite_str(&self.html, settings)?)
    }
}

fn remove(element: &mut Element<'_, '_>) -> HandlerResult {
    element.remove();
    Ok(())
}

/// Connections to the servers that the app calls without credentials, opened before it does.
fn connections(config: &Config) -> String {
    let client = &config.client;
    let token_url = (client.flow == Flow::Pkce).then_some(&client.token_url);
    let mut origins: Vec<_> = token_url
        .into_iter()
        .chain([&client.api_url])
        .filter_map(|url| origin(url))
        .collect();
    origins.dedup();
    let link = |origin: &str| format!("<link rel=\"preconnect\" href=\"{origin}\" crossorigin>");
    origins.into_iter().map(link).collect()
}
