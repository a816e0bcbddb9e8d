//! An HTML page of the build: what it says, and what is written into it.

use std::cell::RefCell;

use lol_html::errors::RewritingError;
use lol_html::html_content::{ContentType, Element};
use lol_html::{RewriteStrSettings, element, rewrite_str, text};
use stagedoor::config::{Config, origin};

use crate::policy::Policy;

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
    /// The path that the build is served below, with both its slashes.
    pub base: String,
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
    pub fn parse(html: &str) -> Result<Self, Malformed> {
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
        rewrite_str(html, settings)?;
        Ok(Self {
            html: html.to_owned(),
            inline: inline.into_inner(),
            base: base.ok_or(Malformed::NoBase)?,
        })
    }

    /// What is in the page itself.
    pub fn inline(&self) -> &Inline {
        &self.inline
    }

    /// The page with `policy` as its first `meta`, and with early connections to the servers of `config`.
    pub fn locked_down(&self, policy: &Policy, config: &Config) -> Result<String, Malformed> {
        let meta = format!(
            "<meta http-equiv=\"Content-Security-Policy\" content=\"{}\">",
            policy.as_str()
        );
        let authorize = origin(&config.client.authorize_url).unwrap_or_default();
        let api = origin(&config.client.api_url).unwrap_or_default();
        let ahead = format!(
            "<link rel=\"preconnect\" href=\"{authorize}\"><link rel=\"preconnect\" href=\"{api}\" crossorigin>"
        );
        let remove = |element: &mut Element<'_, '_>| {
            element.remove();
            Ok(())
        };
        let settings = RewriteStrSettings::new()
            .append_element_content_handler(element!("meta[http-equiv=Content-Security-Policy]", remove))
            .append_element_content_handler(element!("link[rel=preconnect]", remove))
            .append_element_content_handler(element!("head", |head| {
                head.prepend(&meta, ContentType::Html);
                head.append(&ahead, ContentType::Html);
                Ok(())
            }));
        Ok(rewrite_str(&self.html, settings)?)
    }
}
