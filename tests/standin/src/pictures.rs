//! Pictures for what the one user listens to, drawn as SVG: every one different, none of a real thing.

use axum::{
    extract::Path,
    http::header,
    response::{IntoResponse, Response},
};
use serde_json::{Value, json};

/// The widths in which a picture is offered, in pixels.
const WIDTHS: [u32; 3] = [640, 320, 160];

/// A picture in several widths, as the Web API lists them.
pub(crate) fn images(origin: &str, kind: &str, number: usize) -> Value {
    let image = |width: u32| json!({ "url": format!("{origin}/pictures/{kind}/{number}/{width}"), "width": width, "height": width });
    WIDTHS.map(image).into_iter().collect()
}

/// `GET /pictures/{kind}/{number}/{width}`.
pub(crate) async fn picture(Path((kind, number, width)): Path<(String, usize, u32)>) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "image/svg+xml"),
        (header::CACHE_CONTROL, "public, max-age=3600"),
    ];
    (headers, draw(&kind, number, width)).into_response()
}

/// A coloured ground with three shapes on it.
fn draw(kind: &str, number: usize, width: u32) -> String {
    let seed = number * 7 + kind.len() * 31;
    let hue = seed * 47 % 360;
    let shape = |index: usize| {
        let (x, y) = (15 + seed * (index + 3) * 13 % 70, 15 + seed * (index + 5) * 29 % 70);
        let size = 14 + seed * (index + 1) % 22;
        let colour = format!("hsl({} 70% {}%)", (hue + 40 * (index + 1)) % 360, 45 + 12 * index);
        if (seed + index).is_multiple_of(2) {
            format!("<circle cx=\"{x}\" cy=\"{y}\" r=\"{size}\" fill=\"{colour}\"/>")
        } else {
            let angle = seed * 17 % 90;
            format!(
                "<rect x=\"{}\" y=\"{}\" width=\"{size}\" height=\"{size}\" fill=\"{colour}\" transform=\"rotate({angle} {x} {y})\"/>",
                x - size / 2,
                y - size / 2
            )
        }
    };
    let shapes: String = (0..3).map(shape).collect();
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 100 100\" width=\"{width}\" height=\"{width}\">\
         <rect width=\"100\" height=\"100\" fill=\"hsl({hue} 45% 28%)\"/>{shapes}</svg>"
    )
}

#[cfg(test)]
mod tests {
    use super::{draw, images};
    use std::collections::BTreeSet;

    #[test]
    fn every_picture_is_another_one() {
        for kind in ["artist", "album", "playlist"] {
            let all: BTreeSet<_> = (0..120).map(|number| draw(kind, number, 64)).collect();
            assert_eq!(all.len(), 120, "{kind}");
        }
    }

    #[test]
    fn a_picture_is_offered_in_several_widths() {
        let images = images("http://127.0.0.1:1", "artist", 7);
        assert_eq!(images[2]["url"], "http://127.0.0.1:1/pictures/artist/7/160");
        assert_eq!(images[0]["width"], 640);
    }
}
